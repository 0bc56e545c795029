// `import VTEP` is all a program needs: the value types of the layers below come with it.
@_exported public import VTEPNetlink
@_exported public import VTEPWire

@_exported public import class VTEPDevice.InProcessPort
// Of the userspace endpoint's layers only what `Endpoint` speaks of: their `FDBEntry` is another one than the kernel's.
@_exported public import struct VTEPDevice.PacketPortOptions
@_exported public import struct VTEPDevice.PortOffloads
@_exported public import struct VTEPDevice.PortStatistics
@_exported public import struct VTEPDevice.UnderlayOffloads
@_exported public import struct VTEPDevice.UnderlayOptions
@_exported public import struct VTEPDevice.UnderlayStatistics
@_exported public import struct VTEPDevice.UnixSocketOptions
@_exported public import enum VTEPEngine.Counter
@_exported public import struct VTEPEngine.Event
@_exported public import struct VTEPEngine.FDBRemote
@_exported public import struct VTEPEngine.PortID
@_exported public import struct VTEPEngine.UnderlayAddress
@_exported public import struct VTEPEngine.VNIPolicy
