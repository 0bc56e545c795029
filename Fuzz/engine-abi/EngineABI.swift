import CVTEP
import TestRandom
import VTEPCABI

// One for all inputs: it is large.
nonisolated(unsafe) private let batch: OpaquePointer? = {
    var batch: OpaquePointer?
    _ = unsafe vtep_batch_new(&batch, nil)
    return unsafe batch
}()

/// The engine's C functions in any order, with structs of any content: what they refuse they refuse with a status.
@c(LLVMFuzzerTestOneInput)
public func fuzzEngineABI(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = unsafe InputBytes(start, count)
    var options = vtep_engine_options()
    options.size = UInt32(MemoryLayout<vtep_engine_options>.size)
    options.has = UInt32(VTEP_ENGINE_HAS_MAXIMUM_FDB_ENTRIES | VTEP_ENGINE_HAS_SEED | VTEP_ENGINE_HAS_MAXIMUM_VNIS)
    options.maximum_fdb_entries = 32
    options.maximum_vnis = 4
    options.has |= UInt32(VTEP_ENGINE_HAS_MAXIMUM_PORTS | VTEP_ENGINE_HAS_MAXIMUM_BINDINGS)
    options.maximum_ports = 8
    options.maximum_bindings = 8
    var engine: OpaquePointer?
    guard unsafe vtep_engine_new(&options, &engine, nil) == 0 else { return 0 }
    while !input.isEmpty { unsafe step(&input, engine, batch) }
    unsafe vtep_engine_free(engine)
    return 0
}

/// A struct of the input's bytes.
private func filled<Value>(_ value: Value, _ input: inout InputBytes) -> Value {
    var value = value
    let bytes = input.take(MemoryLayout<Value>.size)
    unsafe withUnsafeMutableBytes(of: &value) { memory in
        for (index, byte) in bytes.enumerated() { unsafe memory[index] = byte }
    }
    return value
}

/// One that begins with its size: the right one most of the time, and never more than there is.
private func sized<Value>(_ value: Value, _ input: inout InputBytes) -> Value {
    var value = filled(value, &input)
    let size = MemoryLayout<Value>.size
    let claimed = input.u8() & 7 == 0 ? Int(input.u16()) % (size + 1) : size
    unsafe withUnsafeMutableBytes(of: &value) { unsafe $0.storeBytes(of: UInt32(claimed), as: UInt32.self) }
    return value
}

private func step(_ input: inout InputBytes, _ engine: OpaquePointer?, _ batch: OpaquePointer?) {
    let vni = UInt32(input.u8() & 3)
    let now = UInt64(input.u16())
    var error = vtep_error()
    error.size = UInt32(MemoryLayout<vtep_error>.size)
    switch input.u8() % 14 {
    case 0:
        var policy = sized(vtep_vni_policy(), &input)
        _ = unsafe vtep_engine_vni_add(engine, vni, &policy, &error)
    case 1: _ = unsafe vtep_engine_vni_add(engine, vni, nil, &error)
    case 2:
        var options = sized(vtep_engine_port_options(), &input)
        var port: UInt32 = 0
        _ = unsafe vtep_engine_port_add(engine, vni, &options, &port, &error)
    case 3: _ = unsafe vtep_engine_port_remove(engine, UInt32(input.u8() & 3), &error)
    case 4:
        var remote = sized(vtep_engine_remote(), &input)
        _ = unsafe vtep_engine_default_remote_add(engine, vni, &remote, &error)
    case 5:
        var entry = sized(vtep_engine_fdb_entry(), &input)
        _ = unsafe vtep_engine_fdb_set(engine, &entry, now, &error)
        _ = unsafe vtep_engine_fdb_append(engine, &entry, now, &error)
    case 6:
        var address = filled(vtep_ip(), &input)
        var station = filled(vtep_mac(), &input)
        _ = unsafe vtep_engine_binding_set(engine, vni, &address, &station, input.u8() & 1, &error)
        _ = unsafe vtep_engine_peer_add(engine, &address, &error)
        _ = unsafe vtep_engine_path_mtu_set(engine, &address, UInt32(input.u16()), &error)
    case 7: unsafe vtep_engine_advance(engine, now)
    case 8: _ = unsafe vtep_engine_vni_remove(engine, vni, &error)
    case 9:
        var list: OpaquePointer?
        if unsafe vtep_engine_fdb(engine, vni, now, &list, &error) == 0 {
            var entry = vtep_engine_fdb_entry()
            entry.size = UInt32(MemoryLayout<vtep_engine_fdb_entry>.size)
            _ = unsafe vtep_engine_fdb_list_get(list, 0, &entry, &error)
        }
        unsafe vtep_engine_fdb_list_free(list)
    case 10:
        var options = sized(vtep_outer_options(), &input)
        var transmission = filled(vtep_transmission(), &input)
        transmission.slice_count = 0
        var written: UInt32 = 0
        var memory = [UInt8](repeating: 0, count: 62)
        var slice = unsafe vtep_slice()
        _ = unsafe vtep_outer_write(&options, &transmission, &slice, UInt32(input.u16()), &memory, 62, &written)
    case 11:
        var packet = input.take(Int(input.u8()))
        var datagram = unsafe vtep_datagram()
        _ = unsafe vtep_outer_read(&packet, UInt32(packet.count), UInt32(input.u8() & 7), 4789, &datagram)
    case 12:
        var bytes = input.take(Int(input.u16() & 0x7FF)) + [0]
        unsafe bytes.withUnsafeMutableBytes { memory in
            var datagram = unsafe vtep_datagram()
            unsafe datagram.data = memory.baseAddress
            unsafe datagram.length = UInt32(memory.count - 1)
            unsafe datagram.segment_size = UInt16(vni) * 60
            _ = unsafe vtep_engine_decapsulate(engine, &datagram, 1, now, batch, nil)
            unsafe vtep_batch_clear(batch)
        }
    default:
        let offload = filled(vtep_offload(), &input)
        var bytes = [UInt8](repeating: 0, count: 8) + input.take(Int(input.u16() & 0x7FF))
        unsafe bytes.withUnsafeMutableBytes { memory in
            var frame = unsafe vtep_frame()
            unsafe frame.data = memory.baseAddress.map { unsafe $0 + 8 }
            unsafe frame.length = UInt32(memory.count - 8)
            unsafe frame.headroom = 8
            unsafe frame.offload = offload
            _ = unsafe vtep_engine_encapsulate(engine, &frame, 1, vni, now, batch, nil)
            unsafe vtep_batch_clear(batch)
        }
    }
    var event = vtep_engine_event()
    event.size = UInt32(MemoryLayout<vtep_engine_event>.size)
    while unsafe vtep_engine_event_next(engine, &event, &error) == 0 {}
}
