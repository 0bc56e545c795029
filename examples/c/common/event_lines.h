/* Events as lines: "added link vxlan0 vxlan mtu 1450 up state UNKNOWN id 120". */
#ifndef EVENT_LINES_H
#define EVENT_LINES_H

#include "tables.h"

/* Prints the event that the monitor told last. A link's name is kept in `tables`, for what is on the link. */
void print_event(vtep_monitor *monitor, const vtep_event *event, struct tables *tables);

#endif
