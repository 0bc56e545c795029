/* loosen FROM TO: copies an object file or an archive, without SHF_GNU_RETAIN on what need not be kept for its own sake,
 * and without a large section of zeros.
 *
 * Swift's compiler puts that mark on whatever is public, in its own library as in ours, so that --gc-sections can leave
 * almost nothing out of a shared library that exports a few C functions. The mark is needed where the runtime finds things
 * by walking a section, and there it stays; everything else is kept by what refers to it, or not at all. */
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef SHF_GNU_RETAIN
#define SHF_GNU_RETAIN (1 << 21)
#endif

/* What the runtime walks (swift::initializeProtocolLookup and the like). Not among them: fields, which their type's
 * descriptor points to, and what only debuggers read, such as swift5_capture. */
static const char *const walked[] = {
    "swift5_protocols",     "swift5_protocol_conformances", "swift5_type_metadata",       "swift5_type_metadata_2",
    "swift5_replace",       "swift5_replac2",               "swift5_accessible_functions", "swift5_runtime_attributes",
    "swift5_tests",
};

/* The settings of Swift's backtracer, in pages of their own that it protects: 64 KiB of zeros. */
static const char settings[] = "swift5_backtrace";

static int is_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0) return 0;
    return 1;
}

static int is_walked(const char *name)
{
    for (size_t i = 0; i < sizeof walked / sizeof *walked; i++)
        if (strcmp(name, walked[i]) == 0) return 1;
    return 0;
}

static void fail(const char *what, const char *name)
{
    fprintf(stderr, "loosen: %s: %s\n", name, what);
    exit(1);
}

/* An object file at an even address: an archive aligns its members to two bytes, so nothing is read in place. */
static void loosen(unsigned char *object, size_t size, const char *file)
{
    Elf64_Ehdr header;
    Elf64_Shdr section, names;
    if (size < sizeof header || memcmp(object, ELFMAG, SELFMAG) != 0) return; /* the archive's own tables */
    memcpy(&header, object, sizeof header);
    if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_shentsize != sizeof section || header.e_shoff == 0 ||
        header.e_shoff > size || size - header.e_shoff < sizeof section)
        fail("no 64-bit object file", file);
    /* Where there are too many sections for the header, the first section tells how many. */
    memcpy(&section, object + header.e_shoff, sizeof section);
    size_t count = header.e_shnum ? header.e_shnum : section.sh_size;
    size_t names_index = header.e_shstrndx == SHN_XINDEX ? section.sh_link : header.e_shstrndx;
    if (count > (size - header.e_shoff) / sizeof section || names_index >= count) fail("cut short", file);
    memcpy(&names, object + header.e_shoff + names_index * sizeof names, sizeof names);
    if (names.sh_offset > size || names.sh_size > size - names.sh_offset || names.sh_size == 0 ||
        object[names.sh_offset + names.sh_size - 1] != 0)
        fail("no section names", file);
    for (size_t i = 0; i < count; i++) {
        unsigned char *at = object + header.e_shoff + i * sizeof section;
        memcpy(&section, at, sizeof section);
        if (section.sh_name >= names.sh_size) fail("a section without a name", file);
        const char *name = (const char *)object + names.sh_offset + section.sh_name;
        if (is_walked(name)) continue;
        section.sh_flags &= ~(Elf64_Xword)SHF_GNU_RETAIN;
        if (strcmp(name, settings) == 0 && section.sh_type == SHT_PROGBITS && section.sh_offset <= size &&
            section.sh_size <= size - section.sh_offset && is_zero(object + section.sh_offset, section.sh_size))
            section.sh_type = SHT_NOBITS; /* memory, and nothing in the file */
        memcpy(at, &section, sizeof section);
    }
}

/* ar(5): a line for each member, its size in decimal from column 48 on, then the member, padded to an even length. */
static void loosen_archive(unsigned char *archive, size_t size, const char *file)
{
    enum { MAGIC = 8, LINE = 60, SIZE_COLUMN = 48, SIZE_WIDTH = 10 };
    for (size_t at = MAGIC; at < size;) {
        char digits[SIZE_WIDTH + 1] = { 0 };
        if (size - at < LINE) fail("cut short", file);
        memcpy(digits, archive + at + SIZE_COLUMN, SIZE_WIDTH);
        size_t length = strtoul(digits, NULL, 10);
        at += LINE;
        if (length > size - at) fail("cut short", file);
        loosen(archive + at, length, file);
        at += length + length % 2;
    }
}

int main(int argc, char **argv)
{
    if (argc != 3) return 64;
    FILE *from = fopen(argv[1], "rb");
    if (!from || fseek(from, 0, SEEK_END) != 0) fail("cannot be read", argv[1]);
    long size = ftell(from);
    rewind(from);
    unsigned char *bytes = malloc(size > 0 ? (size_t)size : 1);
    if (!bytes || size < 0 || fread(bytes, 1, (size_t)size, from) != (size_t)size) fail("cannot be read", argv[1]);
    fclose(from);
    if (size > 8 && memcmp(bytes, "!<arch>\n", 8) == 0) loosen_archive(bytes, (size_t)size, argv[1]);
    else loosen(bytes, (size_t)size, argv[1]);
    FILE *to = fopen(argv[2], "wb");
    if (!to || fwrite(bytes, 1, (size_t)size, to) != (size_t)size || fclose(to) != 0) fail("cannot be written", argv[2]);
    free(bytes);
    return 0;
}
