/* vtep._decode: makes records of structs as Layout's compiled `decode` does, many times faster.
 *
 * It knows nothing of any struct or record: _layout.py tells a Decoder, once for each record, where each field lies, of
 * what kind it is, and which slot of the record it goes to. Written to the stable ABI, so that one build serves every
 * CPython from 3.10 on. Without this module the package works the same, by Python alone: every field that a Decoder can't
 * take by itself, and every interpreter that can't load it, falls back to that.
 */
#define Py_LIMITED_API 0x030A0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>
#include <string.h>

/* One field of the record. The objects are borrowed from the decoder's `fields`. */
typedef struct {
    int kind;           /* what the bytes mean: see value() */
    Py_ssize_t offset;  /* in the struct */
    Py_ssize_t length;
    uint64_t mask;      /* of the has word: without these bits the field is None; 0: it is always there */
    PyObject *slot;     /* the descriptor of the record's slot */
    descrsetfunc set;   /* what sets it */
    PyObject *argument; /* what the kind needs: a table, a function, a class */
    PyTypeObject *inner_type; /* of 'w' */
    PyObject *inner_slot;
    descrsetfunc inner_set;
} Field;

typedef struct {
    PyObject_HEAD
    PyTypeObject *type; /* of the records */
    Py_ssize_t size;    /* of the struct */
    Py_ssize_t has;     /* offset of the has word; -1: there is none */
    Py_ssize_t has_length;
    PyObject *raw;      /* the slot of a record's bytes */
    descrsetfunc set_raw;
    PyObject *whole;    /* decode(record, raw), for records that this can't take */
    PyObject *fields;
    Py_ssize_t count;
    Field *field;
    int is_eager;       /* no field needs a function: reading them all costs no more than keeping the bytes for later */
} Decoder;

static descrsetfunc slot_setter(PyObject *slot)
{
    descrsetfunc set = (descrsetfunc)PyType_GetSlot(Py_TYPE(slot), Py_tp_descr_set);
    if (!set) PyErr_SetString(PyExc_TypeError, "a slot's descriptor was expected");
    return set;
}

static PyObject *allocate(PyTypeObject *type)
{
    allocfunc alloc = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    return alloc(type, 0);
}

/* Numbers in the struct are the machine's own. */
static uint64_t number(const char *at, Py_ssize_t length)
{
    uint8_t u8; uint16_t u16; uint32_t u32; uint64_t u64;
    switch (length) {
    case 1: memcpy(&u8, at, 1); return u8;
    case 2: memcpy(&u16, at, 2); return u16;
    case 4: memcpy(&u32, at, 4); return u32;
    default: memcpy(&u64, at, 8); return u64;
    }
}

static int64_t signed_number(const char *at, Py_ssize_t length)
{
    switch (length) {
    case 1: return (int8_t)number(at, length);
    case 2: return (int16_t)number(at, length);
    case 4: return (int32_t)number(at, length);
    default: return (int64_t)number(at, length);
    }
}

/* The value that a dict has for a key, which it takes over; the dict makes it where it is missing (__missing__). */
static PyObject *looked_up(PyObject *table, PyObject *key)
{
    PyObject *found;
    if (!key) return NULL;
    found = PyDict_GetItemWithError(table, key);
    if (found) Py_INCREF(found);
    else if (!PyErr_Occurred()) found = PyObject_GetItem(table, key);
    Py_DECREF(key);
    return found;
}

static PyObject *called(PyObject *function, PyObject *argument)
{
    PyObject *made;
    if (!argument) return NULL;
    made = PyObject_CallFunctionObjArgs(function, argument, NULL);
    Py_DECREF(argument);
    return made;
}

/* An object of one slot, which gets the bytes. */
static PyObject *wrapped(const Field *field, PyObject *bytes)
{
    PyObject *made;
    if (!bytes) return NULL;
    made = allocate(field->inner_type);
    if (made && field->inner_set(field->inner_slot, made, bytes) < 0) Py_CLEAR(made);
    Py_DECREF(bytes);
    return made;
}

static PyObject *value(const Field *field, const char *struct_)
{
    const char *at = struct_ + field->offset;
    switch (field->kind) {
    case 'u': return PyLong_FromUnsignedLongLong(number(at, field->length));
    case 'i': return PyLong_FromLongLong(signed_number(at, field->length));
    case 'n': /* zero is none */
        if (number(at, field->length) == 0) Py_RETURN_NONE;
        return PyLong_FromUnsignedLongLong(number(at, field->length));
    case 'b': return PyBool_FromLong(number(at, field->length) != 0);
    case 's': return PyBytes_FromStringAndSize(at, field->length);
    case 'e': return looked_up(field->argument, PyLong_FromUnsignedLongLong(number(at, field->length)));
    case 't': return looked_up(field->argument, PyBytes_FromStringAndSize(at, field->length));
    case 'w': return wrapped(field, PyBytes_FromStringAndSize(at, field->length));
    default: return called(field->argument, PyBytes_FromStringAndSize(at, field->length)); /* 'c' */
    }
}

/* Whether a pointer of the struct, a field of kind 'p', leads somewhere: then Python decodes the whole. */
static int leads_out(const Decoder *decoder, const char *struct_)
{
    for (Py_ssize_t i = 0; i < decoder->count; i++) {
        const Field *field = &decoder->field[i];
        if (field->kind == 'p' && number(struct_ + field->offset, field->length) != 0) return 1;
    }
    return 0;
}

static int decode_struct(const Decoder *decoder, PyObject *record, const char *struct_)
{
    uint64_t has = decoder->has < 0 ? 0 : number(struct_ + decoder->has, decoder->has_length);
    for (Py_ssize_t i = 0; i < decoder->count; i++) {
        const Field *field = &decoder->field[i];
        PyObject *made;
        int failed;
        if (field->kind == 'p') { /* NULL: the argument stands for that */
            made = field->argument;
            Py_INCREF(made);
        } else if (field->kind == 'h') { /* a truth that is a bit of the has word alone */
            made = PyBool_FromLong((has & field->mask) != 0);
        } else if (field->mask && !(has & field->mask)) {
            made = Py_None;
            Py_INCREF(made);
        } else {
            made = value(field, struct_);
        }
        if (!made) return -1;
        failed = field->set(field->slot, record, made);
        Py_DECREF(made);
        if (failed) return -1;
    }
    return 0;
}

static PyObject *decoder_decode(PyObject *self, PyObject *arguments)
{
    Decoder *decoder = (Decoder *)self;
    PyObject *record, *raw;
    if (!PyArg_ParseTuple(arguments, "OO!", &record, &PyBytes_Type, &raw)) return NULL;
    if (PyBytes_Size(raw) != decoder->size || !PyObject_TypeCheck(record, decoder->type)) {
        PyErr_SetString(PyExc_TypeError, "a record and the bytes of its struct were expected");
        return NULL;
    }
    if (leads_out(decoder, PyBytes_AsString(raw))) return PyObject_CallFunctionObjArgs(decoder->whole, record, raw, NULL);
    if (decode_struct(decoder, record, PyBytes_AsString(raw)) < 0) return NULL;
    Py_RETURN_NONE;
}

static PyObject *eager_record(const Decoder *decoder, const char *struct_)
{
    PyObject *record = allocate(decoder->type);
    if (record && decode_struct(decoder, record, struct_) < 0) Py_CLEAR(record);
    return record;
}

/* A record that holds the struct's bytes; where they point to something it is read at once. */
static PyObject *lazy_record(const Decoder *decoder, const char *struct_)
{
    PyObject *raw = PyBytes_FromStringAndSize(struct_, decoder->size), *answer;
    PyObject *record = raw ? allocate(decoder->type) : NULL;
    if (record && leads_out(decoder, struct_)) {
        answer = PyObject_CallFunctionObjArgs(decoder->whole, record, raw, NULL);
        if (!answer) Py_CLEAR(record);
        Py_XDECREF(answer);
    } else if (record && decoder->set_raw(decoder->raw, record, raw) < 0) {
        Py_CLEAR(record);
    }
    Py_XDECREF(raw);
    return record;
}

static PyObject *decoder_records(PyObject *self, PyObject *buffer)
{
    Decoder *decoder = (Decoder *)self;
    PyObject *list;
    Py_ssize_t count;
    if (!PyBytes_Check(buffer) && !PyByteArray_Check(buffer)) {
        PyErr_SetString(PyExc_TypeError, "bytes or a bytearray were expected");
        return NULL;
    }
    count = (PyBytes_Check(buffer) ? PyBytes_Size(buffer) : PyByteArray_Size(buffer)) / decoder->size;
    list = PyList_New(count);
    for (Py_ssize_t i = 0; list && i < count; i++) {
        /* Asked for anew each time: what runs in between could resize a bytearray. */
        const char *start = PyBytes_Check(buffer) ? PyBytes_AsString(buffer) : PyByteArray_AsString(buffer);
        Py_ssize_t length = PyBytes_Check(buffer) ? PyBytes_Size(buffer) : PyByteArray_Size(buffer);
        PyObject *record = NULL;
        if ((i + 1) * decoder->size <= length) {
            const char *struct_ = start + i * decoder->size;
            record = decoder->is_eager ? eager_record(decoder, struct_) : lazy_record(decoder, struct_);
        } else PyErr_SetString(PyExc_BufferError, "the buffer became smaller");
        if (!record || PyList_SetItem(list, i, record) < 0) Py_CLEAR(list);
    }
    return list;
}

/* A field's description: (kind, offset, length, mask, slot, argument). */
static int read_field(Field *field, PyObject *description, Py_ssize_t size)
{
    const char *kind;
    unsigned long long mask;
    if (!PyArg_ParseTuple(description, "snnKOO", &kind, &field->offset, &field->length, &mask, &field->slot,
                          &field->argument))
        return -1;
    field->kind = kind[0];
    field->mask = mask;
    if (!strchr("uinbsetwcph", field->kind) || field->kind == 0) {
        PyErr_Format(PyExc_ValueError, "a field of an unknown kind: %s", kind);
        return -1;
    }
    if (field->offset < 0 || field->length < 0 || field->length > size || field->offset > size - field->length) {
        PyErr_SetString(PyExc_ValueError, "a field outside its struct");
        return -1;
    }
    if (strchr("uinbep", field->kind) && field->length != 1 && field->length != 2 && field->length != 4 &&
        field->length != 8) {
        PyErr_SetString(PyExc_ValueError, "a number of no usual length");
        return -1;
    }
    if (strchr("et", field->kind) && !PyDict_Check(field->argument)) {
        PyErr_SetString(PyExc_TypeError, "a table was expected");
        return -1;
    }
    if (!(field->set = slot_setter(field->slot))) return -1;
    if (field->kind != 'w') return 0;
    if (!PyArg_ParseTuple(field->argument, "O!O", &PyType_Type, (PyObject **)&field->inner_type, &field->inner_slot))
        return -1;
    return (field->inner_set = slot_setter(field->inner_slot)) ? 0 : -1;
}

/* Decoder(type, size, has, has_length, raw_slot, whole, fields) */
static PyObject *decoder_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords)
{
    Decoder *decoder = (Decoder *)allocate(type);
    PyObject *self = (PyObject *)decoder;
    (void)keywords;
    if (!decoder) return NULL;
    if (!PyArg_ParseTuple(arguments, "O!nnnOOO!", &PyType_Type, (PyObject **)&decoder->type, &decoder->size, &decoder->has,
                          &decoder->has_length, &decoder->raw, &decoder->whole, &PyTuple_Type, &decoder->fields)) {
        decoder->type = NULL;
        decoder->raw = decoder->whole = decoder->fields = NULL;
        Py_DECREF(self);
        return NULL;
    }
    Py_INCREF((PyObject *)decoder->type);
    Py_INCREF(decoder->raw);
    Py_INCREF(decoder->whole);
    Py_INCREF(decoder->fields);
    if (decoder->size <= 0 || decoder->has_length < 0 || decoder->has > decoder->size - decoder->has_length) {
        PyErr_SetString(PyExc_ValueError, "a struct of no size, or a has word outside it");
        goto failed;
    }
    if (!(decoder->set_raw = slot_setter(decoder->raw))) goto failed;
    decoder->field = PyMem_Calloc((size_t)PyTuple_Size(decoder->fields) + 1, sizeof(Field));
    if (!decoder->field) {
        PyErr_NoMemory();
        goto failed;
    }
    decoder->is_eager = 1;
    for (; decoder->count < PyTuple_Size(decoder->fields); decoder->count++) {
        Field *field = &decoder->field[decoder->count];
        if (read_field(field, PyTuple_GetItem(decoder->fields, decoder->count), decoder->size) < 0) goto failed;
        if (strchr("cp", field->kind)) decoder->is_eager = 0;
    }
    return self;
failed:
    Py_DECREF(self);
    return NULL;
}

static void decoder_dealloc(PyObject *self)
{
    Decoder *decoder = (Decoder *)self;
    PyTypeObject *type = Py_TYPE(self);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    PyMem_Free(decoder->field);
    Py_XDECREF((PyObject *)decoder->type);
    Py_XDECREF(decoder->raw);
    Py_XDECREF(decoder->whole);
    Py_XDECREF(decoder->fields);
    release(self);
    Py_DECREF((PyObject *)type);
}

static PyMethodDef decoder_methods[] = {
    { "decode", decoder_decode, METH_VARARGS, "decode(record, raw): sets the record's fields from the struct's bytes." },
    { "records", decoder_records, METH_O, "records(buffer): the records of structs one after another." },
    { NULL, NULL, 0, NULL },
};

static PyType_Slot decoder_slots[] = {
    { Py_tp_new, (void *)decoder_new },
    { Py_tp_dealloc, (void *)decoder_dealloc },
    { Py_tp_methods, decoder_methods },
    { Py_tp_doc, (void *)"How the records of one kind are made of structs." },
    { 0, NULL },
};

/* No garbage collection: a decoder belongs to a class of the package, and lives as long as that. */
static PyType_Spec decoder_spec = { "vtep._decode.Decoder", sizeof(Decoder), 0, Py_TPFLAGS_DEFAULT, decoder_slots };

static int execute(PyObject *module)
{
    PyObject *type = PyType_FromSpec(&decoder_spec);
    if (!type) return -1;
    if (PyModule_AddObject(module, "Decoder", type) < 0) {
        Py_DECREF(type);
        return -1;
    }
    return 0;
}

/* gather(slices, first, count): the bytes that some slices of a batch describe. Each slice is an address and a length, of 8
 * bytes each. They are the library's own, read while the batch is locked: nobody else may call this. */
static PyObject *gather(PyObject *self, PyObject *arguments)
{
    enum { SLICE = 16 };
    PyObject *slices, *made;
    Py_ssize_t first, count, total = 0;
    const char *start;
    char *to;
    (void)self;
    if (!PyArg_ParseTuple(arguments, "O!nn", &PyBytes_Type, &slices, &first, &count)) return NULL;
    if (first < 0 || count < 0 || count > PyBytes_Size(slices) / SLICE || first > PyBytes_Size(slices) / SLICE - count) {
        PyErr_SetString(PyExc_IndexError, "there are no such slices");
        return NULL;
    }
    start = PyBytes_AsString(slices) + first * SLICE;
    for (Py_ssize_t i = 0; i < count; i++) {
        uint64_t length = number(start + i * SLICE + 8, 8);
        if (length > (uint64_t)(PY_SSIZE_T_MAX - total)) return PyErr_NoMemory();
        total += (Py_ssize_t)length;
    }
    made = PyBytes_FromStringAndSize(NULL, total);
    if (!made) return NULL;
    to = PyBytes_AsString(made);
    for (Py_ssize_t i = 0; i < count; i++) {
        uint64_t length = number(start + i * SLICE + 8, 8);
        if (length) memcpy(to, (const void *)(uintptr_t)number(start + i * SLICE, 8), (size_t)length);
        to += length;
    }
    return made;
}

static PyMethodDef functions[] = {
    { "gather", gather, METH_VARARGS, "gather(slices, first, count): the bytes that slices of a batch describe." },
    { NULL, NULL, 0, NULL },
};

static PyModuleDef_Slot slots[] = { { Py_mod_exec, (void *)execute }, { 0, NULL } };

static struct PyModuleDef module = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "vtep._decode",
    .m_methods = functions,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit__decode(void)
{
    return PyModuleDef_Init(&module);
}
