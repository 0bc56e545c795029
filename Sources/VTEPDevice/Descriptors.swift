/// A fixed number of descriptors that close together, for the loops that must not touch an array's reference count.
@safe struct Descriptors: ~Copyable {
    private let numbers: UnsafeMutablePointer<Int32>
    let count: Int

    /// Opens `count` of them; where one fails, those before it close.
    init<Failure>(count: Int, _ open: (Int) throws(Failure) -> Descriptor) throws(Failure) {
        let numbers = UnsafeMutablePointer<Int32>.allocate(capacity: max(count, 1))
        var opened = 0
        do {
            while opened < count {
                unsafe numbers[opened] = try open(opened).release()
                opened += 1
            }
        } catch {
            for index in 0..<opened { unsafe Descriptor.close(numbers[index]) }
            unsafe numbers.deallocate()
            throw error
        }
        unsafe self.numbers = numbers
        self.count = count
    }

    deinit {
        for index in 0..<count { unsafe Descriptor.close(numbers[index]) }
        unsafe numbers.deallocate()
    }

    subscript(index: Int) -> Int32 {
        precondition(index >= 0 && index < count)
        return unsafe numbers[index]
    }
}

// The numbers never change.
extension Descriptors: @unchecked Sendable {}
