package vtep_test

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"vtep"
)

// Goroutines share a host, are moved between threads and interrupted by Go's preemption signals; one closes it under
// their hands. Run with -race.
func TestManyGoroutinesShareAHost(t *testing.T) {
	t.Parallel()
	_, host := newHost(t)
	must(t, one(host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", VNI: 7, Up: true})))
	index := indexOf(t, host, "vxlan0")
	var workers sync.WaitGroup
	for worker := 0; worker < 16; worker++ {
		worker := worker
		workers.Add(1)
		go func() {
			defer workers.Done()
			for round := 0; round < 50; round++ {
				entry := vtep.FDBEntry{LinkIndex: index, MAC: mac(fmt.Sprintf("02:00:00:00:%02x:%02x", worker, round)),
					Destination: netip.MustParseAddr("10.0.0.1")}
				if err := host.AddFDB(entry); err != nil {
					t.Error(err)
				}
				if _, err := host.FDB("vxlan0"); err != nil {
					t.Error(err)
				}
				_, err := host.Link(fmt.Sprint("none", worker))
				var e *vtep.Error // each goroutine gets its own error, and not its neighbour's
				if !errors.As(err, &e) || !errors.Is(err, vtep.ErrNotFound) {
					t.Error(err)
				} else {
					holds(t, e.Message, fmt.Sprintf("%q", fmt.Sprint("none", worker)))
				}
				runtime.Gosched()
			}
		}()
	}
	workers.Wait()
	equal(t, "entries", len(get[[]vtep.FDBEntry](t)(host.FDB("vxlan0"))), 16*50)
}

func TestCloseUnderManyHands(t *testing.T) {
	t.Parallel()
	network := newNetwork(t)
	for round := 0; round < 20; round++ {
		host := network.open()
		var workers sync.WaitGroup
		for worker := 0; worker < 8; worker++ {
			closes := worker%4 == 0
			workers.Add(1)
			go func() {
				defer workers.Done()
				for {
					if closes {
						time.Sleep(time.Millisecond)
						must(t, host.Close())
						return
					}
					if _, err := host.Links(); err != nil {
						is(t, err, vtep.ErrClosed)
						return
					}
				}
			}()
		}
		workers.Wait()
	}
}

// Signals during calls: not one EINTR may come through, and no answer may be taken for another's.
func TestSignalsInterruptNothing(t *testing.T) {
	t.Parallel()
	_, host := newHost(t)
	must(t, one(host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", VNI: 7, Up: true})))
	index := indexOf(t, host, "vxlan0")
	entries := make([]vtep.FDBEntry, 5000)
	for i := range entries {
		entries[i] = vtep.FDBEntry{LinkIndex: index, MAC: mac(fmt.Sprintf("02:00:00:00:%02x:%02x", i>>8, i&0xFF)),
			Destination: netip.MustParseAddr("10.0.0.1")}
	}
	stop := make(chan struct{})
	var storm sync.WaitGroup
	storm.Add(2)
	go func() { // the signal that Go's scheduler interrupts running code with: the runtime's handler ignores ours
		defer storm.Done()
		for {
			select {
			case <-stop:
				return
			default:
				signalAllThreads(syscall.SIGURG)
			}
		}
	}()
	go func() {
		defer storm.Done()
		for {
			select {
			case <-stop:
				return
			default:
				runtime.GC()
			}
		}
	}()
	for deadline := time.Now().Add(time.Second); time.Now().Before(deadline); {
		must(t, host.ApplyFDB(vtep.ChangeAdd, entries))
		equal(t, "entries", len(get[[]vtep.FDBEntry](t)(host.FDB("vxlan0"))), len(entries))
		must(t, host.ApplyFDB(vtep.ChangeDelete, entries))
	}
	close(stop)
	storm.Wait()
}

func signalAllThreads(signal syscall.Signal) {
	threads, _ := os.ReadDir("/proc/self/task")
	for _, thread := range threads {
		var id int
		fmt.Sscan(thread.Name(), &id)
		syscall.Tgkill(os.Getpid(), id, signal)
	}
}

// What nobody closed is closed when it is collected: no descriptor stays open.
func TestForgottenHandlesAreClosed(t *testing.T) {
	network := newNetwork(t)
	descriptors := func() int {
		runtime.GC()
		entries, err := os.ReadDir("/proc/self/fd")
		must(t, err)
		return len(entries)
	}
	before := descriptors()
	func() {
		for i := 0; i < 50; i++ {
			if _, err := vtep.OpenFD(int(network.file.Fd())); err != nil {
				t.Fatal(err)
			}
		}
	}()
	eventually(t, "the descriptors are closed", func() bool { return descriptors() <= before+2 })
}
