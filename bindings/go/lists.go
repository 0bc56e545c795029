package vtep

// #include <vtep.h>
import "C"

// elements reads a list of count elements, a run of them in each call: what Go pays for going to C and back is then paid
// once for many. copy fills a run from the element at first; keep takes one that was read to its place in the result.
func elements[E any](
	count int, copy func(first, count C.uint32_t, run *E) C.vtep_status, keep func(i int, element *E),
) {
	const most = 256
	run := make([]E, smaller(count, most))
	for first := 0; first < count; first += len(run) {
		run = run[:smaller(count-first, most)]
		if copy(C.uint32_t(first), C.uint32_t(len(run)), &run[0]) != C.VTEP_OK {
			return // a list has what it counts: this cannot happen, and the rest would be zero values
		}
		for i := range run {
			keep(first+i, &run[i])
		}
	}
}

func smaller(a, b int) int {
	if a < b {
		return a
	}
	return b
}
