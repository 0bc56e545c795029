import Testing
import VTEPWire

struct VNITests {
    @Test(arguments: [0, 1, 120, 4096, 0xFF_FFFE, 0xFF_FFFF] as [UInt32])
    func `every 24-bit number is one`(value: UInt32) throws {
        #expect(try VNI(value).rawValue == value)
        #expect(try VNI(parsing: String(value)).rawValue == value)
        #expect(VNI(exactly: value)?.description == String(value))
    }

    @Test(arguments: [0x100_0000, 0x100_0001, UInt32.max])
    func `more than 24 bits are none`(value: UInt32) {
        let error = #expect(throws: VTEPError.self) { try VNI(value) }
        #expect(error?.kind == .invalidArgument)
        #expect(
            error?.description
                == "cannot use the VNI \"\(value)\": it is above 16777215, the largest number of 24 bits; "
                + "choose a number from 0 to 16777215")
        #expect(VNI(exactly: value) == nil)
    }

    @Test func `any integer type`() {
        #expect(VNI(exactly: -1) == nil)
        #expect(VNI(exactly: Int.min) == nil)
        #expect(VNI(exactly: UInt64.max) == nil)
        #expect(VNI(exactly: UInt64(1) << 32 | 120) == nil)
        #expect(VNI(exactly: Int128(120))?.rawValue == 120)
        #expect(VNI(exactly: UInt8(120))?.rawValue == 120)
        #expect(VNI.max.rawValue == 16_777_215)
    }

    @Test(arguments: [
        ("", "the text is empty"), ("16777216", "it is above 16777215"),
        ("99999999999999999999999999999999999999", "it is above 16777215"),
        ("-1", "it contains \"-\", which is not a decimal digit"),
        ("+1", "it contains \"+\", which is not a decimal digit"),
        ("0x78", "it contains \"x\", which is not a decimal digit"),
        ("120 ", "it contains a space, which is not a decimal digit"),
        ("0120", "it has a leading zero, which some programs read as octal"),
        ("12.0", "it contains \".\", which is not a decimal digit"),
    ])
    func `refuses with the exact reason`(text: String, reason: String) {
        let error = #expect(throws: VTEPError.self) { try VNI(parsing: text) }
        #expect(error?.reason == reason)
        #expect(error?.attempted == "parse the VNI")
        #expect(VNI(text) == nil)
    }

    @Test func `orders by number`() throws {
        #expect(try VNI(9) < VNI(10))
        #expect(try !(VNI(10) < VNI(10)))
    }
}
