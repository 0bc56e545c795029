/* The Swift library's table of the names of Unicode characters, 550 KB, is all that `Unicode.Scalar.Properties.name` is
 * made of, which nothing here asks for; but the compiler laid it out with code that is needed, so that the linker must
 * keep both. With --wrap=_swift_stdlib_getScalarName the library's calls come here instead: no character has a name. */
#include <stdint.h>

intptr_t __wrap__swift_stdlib_getScalarName(uint32_t scalar, uint8_t *buffer, intptr_t capacity);

intptr_t __wrap__swift_stdlib_getScalarName(uint32_t scalar, uint8_t *buffer, intptr_t capacity)
{
    (void)scalar, (void)buffer, (void)capacity;
    return 0;
}
