public import VTEPDevice

extension Endpoint {
    /// Shows everything that passes from now on to `capture`, in place of the one before; `nil`: to nobody. Whoever wants
    /// the file calls ``FrameCapture/drain(to:)`` now and then; frames never wait for it.
    ///
    /// Not to be called from an in-process port's callback.
    public func setCapture(_ capture: FrameCapture?) { pump.setCapture(capture) }
}
