package vtep_test

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"vtep"
)

// The tests change networks, so they never run in the machine's: the process starts itself again in a network namespace
// of its own, without root in a user namespace, too.
const insideVariable = "VTEP_GO_TEST_INSIDE"

// The main thread keeps to the main goroutine: /proc/self/ns/net is that thread's, and onThread must not take it along.
func init() {
	runtime.LockOSThread()
}

func TestMain(m *testing.M) {
	if os.Getenv(insideVariable) != "" {
		if out, err := exec.Command("ip", "link", "set", "lo", "up").CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "ip link set lo up: %v\n%s", err, out)
			os.Exit(1)
		}
		os.Exit(m.Run())
	}
	self := exec.Command("/proc/self/exe", os.Args[1:]...)
	self.Stdin, self.Stdout, self.Stderr = os.Stdin, os.Stdout, os.Stderr
	self.Env = append(os.Environ(), insideVariable+"=1")
	self.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET, Pdeathsig: syscall.SIGKILL} // of this thread
	if os.Getuid() != 0 {
		self.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		self.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
		self.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	err := self.Run()
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended):
		os.Exit(ended.ExitCode() & 0xFF)
	case err != nil:
		fmt.Fprintln(os.Stderr, "no network namespace can be made here:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// A network is a nameless network namespace. Only its descriptor keeps it, so nothing of it can stay behind.
type network struct {
	t    testing.TB
	file *os.File
}

// onThread runs body on a thread that enters the namespace (a new one where file is nil) and ends with it.
func onThread(file *os.File, body func() error) error {
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
		_, _, errno := syscall.RawSyscall(syscall.SYS_UNSHARE, syscall.CLONE_NEWNET, 0, 0)
		if file != nil {
			// Package syscall has no setns. 308 is its number on amd64, 268 on arm64 and riscv64.
			setns := map[bool]uintptr{true: 308, false: 268}[runtime.GOARCH == "amd64"]
			_, _, errno = syscall.RawSyscall(setns, file.Fd(), syscall.CLONE_NEWNET, 0)
		}
		if errno != 0 {
			done <- errno
			return
		}
		done <- body()
	}()
	return <-done
}

func newNetwork(t testing.TB) *network {
	t.Helper()
	network := &network{t: t}
	err := onThread(nil, func() (err error) {
		network.file, err = os.Open("/proc/thread-self/ns/net")
		return err
	})
	if err != nil {
		t.Fatal("a network namespace:", err)
	}
	t.Cleanup(func() { network.file.Close() })
	network.run("ip", "link", "set", "lo", "up")
	return network
}

// open opens the namespace as a host that is closed with the test.
func (network *network) open() *vtep.Host {
	network.t.Helper()
	host, err := vtep.OpenFD(int(network.file.Fd()))
	if err != nil {
		network.t.Fatal(err)
	}
	network.t.Cleanup(func() { host.Close() })
	return host
}

// run runs a command in there and returns what it prints.
func (network *network) run(name string, arguments ...string) string {
	network.t.Helper()
	var out []byte
	err := onThread(network.file, func() (err error) {
		out, err = exec.Command(name, arguments...).CombinedOutput()
		return err
	})
	if err != nil {
		network.t.Fatalf("%s %s: %v\n%s", name, strings.Join(arguments, " "), err, out)
	}
	return string(out)
}

// newHost is a host in a network of its own, with an underlay link "under" that has the address 192.168.50.1/24.
func newHost(t testing.TB) (*network, *vtep.Host) {
	t.Helper()
	network := newNetwork(t)
	host := network.open()
	must(t, one(host.CreateVeth(vtep.VethOptions{Name: "under", PeerName: "far", Up: true})))
	must(t, host.AddAddress("under", netip.MustParsePrefix("192.168.50.1/24"), netip.Addr{}))
	for _, name := range []string{"under", "far"} { // the kernel takes note of the carrier a moment later
		eventually(t, name+" is up", func() bool { return get[vtep.Link](t)(host.Link(name)).OperState == vtep.OperUp })
	}
	return network, host
}

func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within 10 s: %s", what)
		}
	}
}

// one leaves out what a function returns besides the error.
func one[T any](_ T, err error) error { return err }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// get is the value; the test fails where there is an error.
func get[T any](t testing.TB) func(value T, err error) T {
	return func(value T, err error) T {
		t.Helper()
		must(t, err)
		return value
	}
}

// is fails the test unless err is target.
func is(t testing.TB, err, target error) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Errorf("got %v, want %v", err, target)
	}
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func holds(t testing.TB, text string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func mac(text string) net.HardwareAddr {
	address, err := net.ParseMAC(text)
	if err != nil {
		panic(err)
	}
	return address
}

func indexOf(t testing.TB, host *vtep.Host, name string) int {
	t.Helper()
	return get[vtep.Link](t)(host.Link(name)).Index
}
