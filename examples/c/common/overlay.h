/* Making and deleting what the programs are about. Each function prints what fails and returns an exit status. */
#ifndef OVERLAY_H
#define OVERLAY_H

#include "options.h"
#include "tables.h"

int failed(const vtep_error *err);

/* The host in the network namespace that was named. */
int overlay_open(const struct options *options, vtep_host **out);

/*
 * Makes the VXLAN device, gives it its address if one was named, and reads the tables. If a step fails, the device goes
 * again: who is told of an error finds nothing half done.
 */
int overlay_make(vtep_host *host, const struct options *options, struct tables *out);

/* Deletes what overlay_make made; its addresses, routes and place in a bridge go with it. */
int overlay_delete(const struct options *options);

/* All of point-to-point and multicast, once their options are complete. */
int overlay_run(const struct options *options);

#endif
