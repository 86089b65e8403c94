/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Making classes, and the order in which an attribute is looked up in a class
 * with several bases.  The order is C3's, as Python has it: each class before
 * those above it, bases in the order they were written, the same for every
 * class below.
 * https://docs.python.org/3/howto/mro.html
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/interp.h"

/* What remains of one order that is to be merged. */
struct order {
    struct class *const *classes;
    int count;
};

static bool is_in_a_tail(const struct class *class, const struct order *orders,
                         int count)
{
    for (int i = 0; i < count; i++)
        for (int k = 1; k < orders[i].count; k++)
            if (orders[i].classes[k] == class)
                return true;
    return false;
}

/* The first head that stands in no tail; NULL when there is none. */
static struct class *next_class(const struct order *orders, int count)
{
    for (int i = 0; i < count; i++)
        if (orders[i].count &&
            !is_in_a_tail(orders[i].classes[0], orders, count))
            return orders[i].classes[0];
    return NULL;
}

static void drop_head(struct order *orders, int count,
                      const struct class *class)
{
    for (int i = 0; i < count; i++) {
        if (orders[i].count && orders[i].classes[0] == class) {
            orders[i].classes++;
            orders[i].count--;
        }
    }
}

static bool contradiction(const struct order *orders, int count,
                          struct error *err)
{
    struct strbuf names = STRBUF_INIT;
    for (int i = 0; i < count; i++) {
        bool seen = orders[i].count == 0;
        for (int k = 0; k < i && !seen; k++)
            seen = orders[k].count &&
                   orders[k].classes[0] == orders[i].classes[0];
        if (!seen)
            strbuf_addf(&names, "%s%s", names.length ? ", " : "",
                        orders[i].classes[0]->name);
    }
    error_set(err, ERROR_TYPE,
              "Cannot create a consistent method resolution\norder (MRO) for "
              "bases %s",
              names.text);
    strbuf_done(&names);
    return false;
}

bool class_linearize(struct class *class, struct error *err)
{
    int order_count = class->base_count + 1, most = 1;
    struct order *orders = xcalloc((size_t)order_count, sizeof *orders);
    for (int i = 0; i < class->base_count; i++) {
        orders[i] = (struct order){class->bases[i]->line,
                                   class->bases[i]->line_count};
        most += class->bases[i]->line_count;
    }
    orders[class->base_count] = (struct order){class->bases, class->base_count};

    struct class **line = xreallocarray(NULL, (size_t)most, sizeof(void *));
    struct class *next = class;
    int count = 0;
    for (; next; next = next_class(orders, order_count)) {
        line[count++] = next;
        drop_head(orders, order_count, next);
    }
    bool done = true;
    for (int i = 0; i < order_count; i++)
        done = done && orders[i].count == 0;
    if (!done)
        contradiction(orders, order_count, err);
    free(orders);
    free(class->line);
    class->line = line;
    class->line_count = count;
    return done;
}

/* ----------------------------------------------------------- new classes */

/* What comes down from the bases besides their names. */
static bool inherit(struct class *class, struct error *err)
{
    for (int i = 0; i < class->base_count; i++) {
        struct class *base = class->bases[i];
        if (class->kind == ERROR_NONE)
            class->kind = base->kind;
        if (!class->meta && base->meta) {
            class->meta = base->meta;
            class->meta->object.refs++;
        }
        if (base->built_in.kind == VALUE_UNDEFINED)
            continue;
        if (class->built_in.kind == VALUE_UNDEFINED)
            class->built_in = value_ref(base->built_in);
        else if (class->built_in.object != base->built_in.object)
            return error_set(err, ERROR_TYPE,
                             "multiple bases have instance lay-out conflict");
    }
    return true;
}

static bool bases_differ(int count, struct class *const *bases,
                         struct error *err)
{
    for (int i = 0; i < count; i++)
        for (int k = 0; k < i; k++)
            if (bases[i] == bases[k])
                return error_set(err, ERROR_TYPE, "duplicate base class %s",
                                 bases[i]->name);
    return true;
}

bool class_new(struct interp *interp, const char *name, int count,
               struct class *const *bases, struct value *ret,
               struct error *err)
{
    if (!bases_differ(count, bases, err))
        return false;
    struct value made = value_class(name, NULL, ERROR_NONE);
    struct class *class = made.class;
    class->bases = xreallocarray(NULL, (size_t)count + 1, sizeof(void *));
    for (int i = 0; i < count; i++) {
        class->bases[i] = bases[i];
        bases[i]->object.refs++;
    }
    class->base_count = count;
    if (!class_linearize(class, err) || !inherit(class, err)) {
        value_unref(made);
        return false;
    }
    tracked_add(&interp->classes, &class->tracked);
    *ret = made;
    return true;
}

static bool all_have_slots(const struct class *class)
{
    for (int i = 0; i < class->line_count; i++)
        if (class->line[i]->base_count &&
            !namespace_get(&class->line[i]->names, "__slots__"))
            return false;
    return true;
}

void class_note_specials(struct class *class)
{
    const struct value *abstract = class_lookup(class, "__abstractmethods__");
    class->has_new = class_lookup(class, "__new__") != NULL;
    class->has_getattribute = class_lookup(class, "__getattribute__") != NULL;
    class->has_setattr = class_lookup(class, "__setattr__") ||
                         class_lookup(class, "__delattr__");
    class->has_slots = class_lookup(class, "__slots__") &&
                       all_have_slots(class);
    class->is_abstract = abstract && abstract->kind == VALUE_TUPLE &&
                         abstract->sequence->count != 0;
}
