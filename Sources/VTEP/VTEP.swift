// `import VTEP` is all a program needs: the value types of the layers below come with it.
@_exported public import VTEPDevice
@_exported public import VTEPEngine
@_exported public import VTEPNetlink
@_exported public import VTEPWire
