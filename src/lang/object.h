/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the larger kinds of value consist of: namespaces, functions, classes,
 * instances, exceptions, iterators.
 *
 * Counting frees everything but cycles.  Cells and instances, through which
 * alone a program can make cycles of functions and objects, are strung on
 * their interp's lists, so that interp_free() can empty them.
 */
#ifndef LANG_OBJECT_H
#define LANG_OBJECT_H

#include "base/strmap.h"
#include "lang/lang.h"

struct code;
struct program;

/* ----------------------------------------------------------- namespaces */

/* Values by name, in order of first assignment. */
struct namespace
{
    struct strmap map; /* to boxed values */
};

/* Borrowed; NULL when absent. */
const struct value *namespace_get(const struct namespace *names,
                                  const char *name);
void namespace_set(struct namespace *names, const char *name,
                   struct value value); /* borrowed */
bool namespace_remove(struct namespace *names, const char *name);
bool namespace_next(const struct namespace *names, size_t *position,
                    const char **name, struct value *value);
void namespace_done(struct namespace *names);

struct module {
    struct object object;
    char *name;
    struct namespace names;
    const char *rest; /* the library module with the names that this one has
                         not, loaded when one is asked for; or NULL */
};

/* module_get(), in the rest as well; *FOUND tells. */
bool module_find(struct interp *interp, struct module *module,
                 const char *name, bool *found, struct value *ret,
                 struct error *err);

/* ------------------------------------------------- cells and functions */

void tracked_init(struct tracked *list);
void tracked_add(struct tracked *list, struct tracked *item);
void tracked_remove(struct tracked *item); /* fine when it is on none */

/* ITEM goes into a list or dict that has been made before: from now on that
   may hold itself. */
void list_watch(struct sequence *list, struct value item);
void dict_watch(struct dict *dict, struct value item);

/* A variable that inner functions share. */
struct cell {
    struct tracked tracked; /* first */
    int refs;
    struct value value;
};

struct cell *cell_new(struct interp *interp);
void cell_unref(struct cell *cell);

struct function {
    struct object object;
    struct tracked tracked; /* from when it has an attribute */
    const struct code *code;
    struct program *program; /* keeps the code alive */
    struct value *defaults;  /* one a parameter, VALUE_UNDEFINED: none */
    struct cell **cells;     /* code->capture_count captured ones */
    struct class *owner;     /* the class it was defined in; not counted */
    struct namespace names;  /* f.calls = 0 */
};

/* --------------------------------------------------- classes, instances */

struct class
{
    struct object object;
    struct tracked tracked;
    char *name;
    int base_count, line_count;
    struct class **bases; /* as written; counted */
    struct class **line;  /* in which order attributes are looked up: the
                             class, then those above; not counted */
    struct class *meta;   /* metaclass=…, of a base, too; counted, or NULL */
    struct value built_in; /* list, int…: the type whose value an object
                              holds; undefined when there is none */
    enum error_kind kind;  /* of exception classes, else ERROR_NONE */
    /* Has it, or one above, methods that change how its objects are made and
       their attributes read and set? */
    bool has_new, has_getattribute, has_setattr, has_slots, is_abstract;
    char *doc;
    struct namespace names;
};

/* Also a VALUE_EXCEPTION's object. */
struct instance {
    struct object object;
    struct tracked tracked;
    struct class *class;
    struct namespace names;
    union {
        struct value args; /* exceptions: what they were raised with */
        struct value held; /* of a class with a built_in: its list, int…;
                              undefined for all other objects */
    };
};

/* An object without attributes; HELD is undefined. */
struct value value_instance(struct interp *interp, struct class *class);

/* What takes VALUE's place where a list, int… is wanted: what an object holds
   whose class is derived from one, for all others VALUE itself; borrowed. */
static inline struct value value_plain(struct value value)
{
    if (value.kind == VALUE_INSTANCE &&
        value.instance->held.kind != VALUE_UNDEFINED)
        return value.instance->held;
    return value;
}

/* A class on its own, or with one BASE. */
struct value value_class(const char *name, struct class *base,
                         enum error_kind kind);

/* mro.c: with any number of bases.  TypeError when their orders contradict
   each other. */
bool class_new(struct interp *interp, const char *name, int count,
               struct class *const *bases, struct value *ret,
               struct error *err);
/* The order of lookup by C3 (see mro.c), into class->line. */
bool class_linearize(struct class *class, struct error *err);
/* After a change of its names: the flags above. */
void class_note_specials(struct class *class);
/* Its methods may outlive it: they must not look for it then. */
void class_disown(struct class *class);

/* The first base, or NULL. */
static inline struct class *class_base(const struct class *class)
{
    return class->base_count ? class->bases[0] : NULL;
}

/* Looks NAME up in CLASS and its bases; borrowed, NULL when absent. */
const struct value *class_lookup(const struct class *class, const char *name);
bool class_is_subclass(const struct class *class, const struct class *base);

/* What @property makes: VALUE_UNDEFINED where there is none. */
struct property {
    struct value getter, setter, deleter;
};

/* @property, @staticmethod, @classmethod wrap a function in an opaque of one
   of these types; DATA is the boxed function, or a struct property, whose
   getter is first. */
extern const struct native_type property_type;
extern const struct native_type static_method_type;
extern const struct native_type class_method_type;
struct value value_wrapped(const struct native_type *type,
                           struct value function);
struct value value_property(struct value getter, struct value setter,
                            struct value deleter);

enum { MAX_WRAPPED = 3 };
/* The functions of the language in MEMBER, wrapped or not; borrowed. */
int member_functions(struct value member,
                     struct function *functions[MAX_WRAPPED]);

/* ------------------------------------------------------------ iterators */

struct iterator_type {
    const char *name; /* "zip" */
    bool (*next)(struct interp *interp, void *data, bool *done,
                 struct value *ret, struct error *err);
    void (*free)(void *data);
};

struct iterator {
    struct object object;
    const struct iterator_type *type;
    void *data;
};

/* DATA passes to the iterator. */
struct value value_iterator(const struct iterator_type *type, void *data);

/* ---------------------------------------------------------------- dicts */

struct dict_entry {
    struct value key, value; /* key VALUE_UNDEFINED: removed */
    uint32_t hash;
};

enum dict_variant {
    DICT_PLAIN,
    DICT_DEFAULT,
    DICT_COUNTER,
    DICT_ORDERED,
    DICT_ATTRIBUTES /* x.__dict__: what is changed in it changes x */
};

struct dict {
    struct object object;
    struct tracked tracked; /* from when it takes a container in */
    enum dict_variant variant; /* of module collections */
    struct value factory;      /* makes what is missing, or undefined; the
                                  object of DICT_ATTRIBUTES */
    size_t count;          /* live entries */
    size_t used, capacity; /* entries in order of insertion */
    struct dict_entry *entries;
    size_t slot_count;
    uint32_t *slots; /* index into entries + 1 */
};

/* *RET is owned when found; false with TypeError for an unhashable key. */
bool dict_remove(struct dict *dict, struct value key, bool *found,
                 struct value *ret, struct error *err);
void dict_clear(struct dict *dict);

/* The index a value stands for in an array, list or slice: None is absent. */
bool slice_indices(const struct slice *slice, int64_t length,
                   int64_t *ret_start, int64_t *ret_step, int64_t *ret_count,
                   struct error *err);

#endif
