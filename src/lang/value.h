/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a name can hold.
 *
 * struct value is 16 bytes and passed by value.  Small kinds live in it;
 * the others point to a counted object.  Arguments are borrowed, returned
 * values are owned by the caller (value_unref them).  Only the session
 * thread touches values.
 */
#ifndef LANG_VALUE_H
#define LANG_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "tensor/tensor.h"

enum value_kind {
    VALUE_UNDEFINED, /* an unset slot, an argument left out; never seen */
    VALUE_NONE,
    VALUE_BOOL,
    VALUE_INT,   /* Python's int, 64 bit: overflow is an OverflowError */
    VALUE_FLOAT, /* Python's float */
    VALUE_SCALAR, /* NumPy's scalar: np.float64, np.int64… */
    VALUE_DTYPE,
    VALUE_ELLIPSIS,
    VALUE_NOT_IMPLEMENTED, /* what __add__ and its like return */
    /* counted objects from here on */
    VALUE_STRING,
    VALUE_BYTES, /* a struct string of any bytes */
    VALUE_TUPLE,
    VALUE_LIST,
    VALUE_DICT,
    VALUE_SET,
    VALUE_FROZENSET,
    VALUE_VIEW, /* keys(), values(), items() of a dict */
    VALUE_RANGE,
    VALUE_SLICE,
    VALUE_TENSOR,
    VALUE_FUNCTION, /* def and lambda */
    VALUE_NATIVE,   /* a function written in C */
    VALUE_METHOD,   /* a function bound to its object */
    VALUE_CLASS,
    VALUE_INSTANCE,
    VALUE_MODULE,
    VALUE_ITERATOR,
    VALUE_OPAQUE, /* a model, a history: struct native_type says what */
    VALUE_EXCEPTION,
    VALUE_KIND_COUNT
};

struct object {
    int refs;
};

struct value {
    uint8_t kind;  /* enum value_kind */
    uint8_t dtype; /* of VALUE_SCALAR and VALUE_DTYPE */
    union {
        bool b;
        int64_t i; /* VALUE_INT; VALUE_SCALAR of kinds 'b' and 'i' */
        uint64_t u;
        double f;
        struct object *object;
        struct string *string;
        struct sequence *sequence; /* tuple and list */
        struct dict *dict;
        struct set *set;
        struct view *view;
        struct range *range;
        struct slice *slice;
        struct tensor *tensor;
        struct function *function;
        struct native *native;
        struct method *method;
        struct class *class;
        struct instance *instance;
        struct module *module;
        struct iterator *iterator;
        struct opaque *opaque;
        struct exception *exception;
    };
};

struct string {
    struct object object;
    uint32_t hash; /* string_hash() of it, 0: not computed yet */
    size_t length; /* bytes of UTF-8 */
    char text[];   /* NUL-terminated */
};

/* Objects that may be part of a cycle, which counting references does not
   free: on a list of the interp's. */
struct tracked {
    struct tracked *previous, *next; /* NULL: not yet on the list */
};

struct sequence {
    struct object object;
    struct tracked tracked; /* lists, from when they take a container in */
    size_t count, capacity;
    struct value *items;
};

struct range {
    struct object object;
    int64_t start, stop, step;
};

struct slice {
    struct object object;
    struct value start, stop, step; /* None when absent */
};

struct method {
    struct object object;
    struct value self;
    struct value function;
};

/* ------------------------------------------------------------ natives */

struct interp;
struct param; /* autograd/op.h */
struct native;
struct native_type;

struct keyword_value {
    const char *name;
    struct value value;
};

/* A call's arguments as written, stars already spread. */
struct call_args {
    int count;
    const struct value *values;
    int keyword_count;
    const struct keyword_value *keywords;
};

typedef bool native_call(struct interp *interp, const struct native *native,
                         const struct call_args *args, struct value *ret,
                         struct error *err);

/* The call with as many arguments as the native's quick_count says, of kinds
   that need no error and nothing else of the session; false, with nothing
   done, when it is not that simple.  For natives that are static. */
typedef bool native_quick(const struct value *args, struct value *ret);
enum { QUICK_ARGUMENTS = 2 }; /* at most */

struct native {
    struct object object;
    const char *name; /* static text */
    native_call *call;
    native_quick *quick; /* or NULL */
    int quick_count;
    const struct param *params; /* for help and completion; may be NULL */
    const void *data;           /* e.g. the op's row */
    const char *doc;            /* one line, or NULL */
    const struct native_type *makes; /* constructors: of what, for
                                        isinstance(); else NULL */
    const char *type;           /* "ufunc" for what prints as <ufunc 'add'>;
                                   NULL for a plain function */
};

/* What an opaque object can do; NULL members are not supported. */
struct native_type {
    const char *name; /* as type() shows it */
    void (*free)(void *data);
    void (*repr)(void *data, struct strbuf *sb);
    void (*str)(void *data, struct strbuf *sb); /* NULL: as repr */
    bool (*get_attribute)(struct interp *interp, struct value self,
                          const char *name, struct value *ret,
                          struct error *err);
    bool (*set_attribute)(struct interp *interp, struct value self,
                          const char *name, struct value value,
                          struct error *err);
    bool binds; /* in a class, one becomes a method of its objects */
    bool (*call)(struct interp *interp, struct value self,
                 const struct call_args *args, struct value *ret,
                 struct error *err);
    bool (*get_item)(struct interp *interp, struct value self,
                     struct value key, struct value *ret, struct error *err);
    bool (*set_item)(struct interp *interp, struct value self,
                     struct value key, struct value value, struct error *err);
    /* The array that it stands for in arithmetic and as an argument of
       functions of arrays; borrowed. */
    struct tensor *(*array)(void *data);
    /* As interp_iterate(). */
    bool (*iterate)(struct interp *interp, struct value self,
                    struct value *ret, struct error *err);
    int64_t (*length)(void *data); /* what len() says */
    /* The constructor that makes such an object, owned: what type() gives. */
    struct value (*class_of)(const void *data);
    /* An attribute of a constructor that makes these, as of a class; false:
       there is none. */
    bool (*class_attribute)(struct value constructor, const char *name,
                            struct value *ret);
    /* Its settings as a dict, owned: what get_config() gives. */
    struct value (*config)(const void *data);
    /* Names for completion and did-you-mean, ended by NULL. */
    const char *const *attributes;
};

struct opaque {
    struct object object;
    const struct native_type *type;
    void *data;
};

struct module; /* a named set of attributes: value_module_* */

/* ------------------------------------------------------ making values */

/* Also what stands for an error where a value is returned. */
static inline struct value value_undefined(void)
{
    return (struct value){.kind = VALUE_UNDEFINED};
}
static inline struct value value_none(void)
{
    return (struct value){.kind = VALUE_NONE};
}
static inline struct value value_bool(bool b)
{
    return (struct value){.kind = VALUE_BOOL, .i = b};
}
static inline struct value value_int(int64_t i)
{
    return (struct value){.kind = VALUE_INT, .i = i};
}
static inline struct value value_float(double f)
{
    return (struct value){.kind = VALUE_FLOAT, .f = f};
}
static inline struct value value_dtype(enum dtype dtype)
{
    return (struct value){.kind = VALUE_DTYPE, .dtype = (uint8_t)dtype};
}
static inline struct value value_scalar(struct scalar scalar)
{
    return (struct value){.kind = VALUE_SCALAR,
                          .dtype = (uint8_t)scalar.dtype,
                          .i = scalar.i};
}
static inline struct scalar value_get_scalar(struct value value)
{
    return (struct scalar){(enum dtype)value.dtype, {.i = value.i}};
}

struct value value_string(const char *text);
struct value value_string_n(const char *text, size_t length);
struct value value_string_take(struct strbuf *sb); /* empties SB */
struct value value_bytes_n(const char *bytes, size_t length);
/* VALUE's is the only reference to its string, and MORE is another one. */
void string_append(struct value *value, const struct string *more);

/* ITEMS are borrowed: each gets one more reference. */
struct value value_tuple(size_t count, const struct value *items);
struct value value_list(size_t count, const struct value *items);
/* ITEMS' references pass to the new object. */
struct value value_tuple_take(size_t count, const struct value *items);
struct value value_list_take(size_t count, const struct value *items);
void list_append(struct sequence *list, struct value item); /* borrowed */

struct value value_range(int64_t start, int64_t stop, int64_t step);
int64_t range_count(const struct range *range);

/* One reference to TENSOR passes to the value. */
struct value value_tensor_take(struct tensor *tensor);
/* The same, but a 0-d tensor becomes a NumPy scalar (and is unref'ed), unless
   a recording tape knows it: it would not know the scalar. */
struct value value_tensor_or_scalar_take(struct tensor *tensor);

struct value value_native(const char *name, native_call *call,
                          const struct param *params, const void *data,
                          const char *doc);
struct value value_method(struct value self, struct value function);
struct value value_opaque(const struct native_type *type, void *data);
/* DATA of an opaque of this TYPE, else NULL. */
void *value_opaque_data(struct value value, const struct native_type *type);

/* 5j: the number of points in np.mgrid[0:1:5j]; there is no arithmetic. */
struct value value_imaginary(double imaginary);

struct value value_module(const char *name);
void module_set(struct module *module, const char *name, struct value value);
/* Owned; false when absent. */
bool module_get(const struct module *module, const char *name,
                struct value *ret);
const char *module_name(const struct module *module);
/* for (size_t i = 0; module_next(module, &i, &name, &value);) – borrowed */
bool module_next(const struct module *module, size_t *position,
                 const char **name, struct value *value);

/* Dicts keep insertion order; keys are compared as Python does.  TypeError
   "unhashable type: 'list'". */
struct value value_dict(void);
size_t dict_count(const struct dict *dict);
bool dict_set(struct dict *dict, struct value key, struct value value,
              struct error *err);
void dict_set_string(struct dict *dict, const char *key, struct value value);
/* Owned in RET; *FOUND tells. */
bool dict_get(const struct dict *dict, struct value key, bool *found,
              struct value *ret, struct error *err);
/* Borrowed pair at POSITION; false at the end. */
bool dict_next(const struct dict *dict, size_t *position, struct value *key,
               struct value *value);

/* Does its type say what operators do with it: an array, a number of NumPy's,
   a dtype, an object that stands for an array? */
static inline bool value_is_numpy(struct value value)
{
    return value.kind == VALUE_TENSOR || value.kind == VALUE_SCALAR ||
           value.kind == VALUE_DTYPE ||
           (value.kind == VALUE_OPAQUE && value.opaque->type->array);
}

/* Of an object that stands for an array that array, borrowed; any other value
   as it is. */
static inline struct value value_array(struct value value)
{
    if (value.kind != VALUE_OPAQUE || !value.opaque->type->array)
        return value;
    return (struct value){
        .kind = VALUE_TENSOR,
        .tensor = value.opaque->type->array(value.opaque->data)};
}

/* ----------------------------------------------------- counting, text */

void object_free(struct value value); /* by value_unref only */

static inline struct value value_ref(struct value value)
{
    if (value.kind == VALUE_TENSOR)
        tensor_ref(value.tensor);
    else if (value.kind >= VALUE_STRING)
        value.object->refs++;
    return value;
}
static inline void value_unref(struct value value)
{
    if (value.kind < VALUE_STRING)
        return;
    if (value.kind == VALUE_TENSOR)
        tensor_unref(value.tensor);
    else if (--value.object->refs == 0)
        object_free(value);
}

/* VALUE's reference passes; the old one goes when the new one is there. */
static inline void value_replace(struct value *place, struct value value)
{
    struct value old = *place;
    *place = value;
    value_unref(old);
}

/* Python's repr() and str().  They cannot fail: containers that hold
   themselves print as […]. */
void value_repr(struct value value, struct strbuf *sb);
void value_str(struct value value, struct strbuf *sb);

/* "int", "numpy.ndarray", "tuple"… as error messages name the type. */
const char *value_type_name(struct value value);

/* Truth of a value; ValueError for an array of several elements. */
bool value_truth(struct value value, bool *ret, struct error *err);

/* == as Python's for everything but arrays (identity for those). */
bool value_equal(struct value a, struct value b);
/* Python's `is`. */
bool value_identical(struct value a, struct value b);

/* Is it int, bool or an integer NumPy scalar (or a 0-d integer array)? */
bool value_as_int(struct value value, int64_t *ret);
/* Any real number of either kind. */
bool value_as_double(struct value value, double *ret);

/* np.array(value): numbers, nested sequences of them, ranges, tensors (one
   more reference, no copy).  DTYPE_COUNT: by promotion.  A ragged list is
   ValueError "setting an array element with a sequence. The requested array
   has an inhomogeneous shape after 1 dimensions. The detected shape was (2,)
   + inhomogeneous part."; a string or other object is a TypeError. */
struct tensor *value_to_tensor(struct value value, enum dtype dtype,
                               struct error *err);

#endif
