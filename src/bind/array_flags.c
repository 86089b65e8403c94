/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/array_flags.h"

#include <string.h>

#include "base/suggest.h"

static bool c_contiguous(const struct tensor *tensor)
{
    return tensor_is_contiguous(tensor);
}

static bool f_contiguous(const struct tensor *tensor)
{
    return tensor_is_f_contiguous(tensor);
}

static bool contiguous_in_f_only(const struct tensor *tensor)
{
    return f_contiguous(tensor) && !c_contiguous(tensor);
}

static bool contiguous(const struct tensor *tensor)
{
    return c_contiguous(tensor) || f_contiguous(tensor);
}

static bool owns_data(const struct tensor *tensor)
{
    return !tensor->base;
}

static bool writeable(const struct tensor *tensor)
{
    return !tensor->readonly;
}

static bool yes(const struct tensor *tensor)
{
    (void)tensor;
    return true;
}

static bool no(const struct tensor *tensor)
{
    (void)tensor;
    return false;
}

/* The printed ones come first. */
static const struct {
    const char *name, *key, *short_key;
    bool (*get)(const struct tensor *);
} flags[] = {{"c_contiguous", "C_CONTIGUOUS", "C", c_contiguous},
             {"f_contiguous", "F_CONTIGUOUS", "F", f_contiguous},
             {"owndata", "OWNDATA", "O", owns_data},
             {"writeable", "WRITEABLE", "W", writeable},
             {"aligned", "ALIGNED", "A", yes},
             {"writebackifcopy", "WRITEBACKIFCOPY", "X", no},
             {"fnc", "FNC", "FN", contiguous_in_f_only},
             {"forc", "FORC", "FO", contiguous},
             {"contiguous", "CONTIGUOUS", "CO", c_contiguous},
             {"fortran", "FORTRAN", "FT", f_contiguous}};

enum { PRINTED = 6, FLAGS = sizeof flags / sizeof *flags };

static const char *const names[] = {
    "c_contiguous", "f_contiguous", "owndata", "writeable", "aligned",
    "writebackifcopy", "fnc", "forc", "contiguous", "fortran", NULL};

static void flags_free(void *data)
{
    tensor_unref(data);
}

static void flags_repr(void *data, struct strbuf *sb)
{
    for (int i = 0; i < PRINTED; i++)
        strbuf_addf(sb, "  %s : %s\n", flags[i].key,
                    flags[i].get(data) ? "True" : "False");
}

static bool flags_get(struct interp *interp, struct value self,
                      const char *name, struct value *ret, struct error *err)
{
    struct suggestion nearest = suggestion_for(name);

    (void)interp;
    for (int i = 0; i < FLAGS; i++) {
        suggestion_consider(&nearest, flags[i].name);
        if (strcmp(flags[i].name, name))
            continue;
        *ret = value_bool(flags[i].get(self.opaque->data));
        return true;
    }
    error_set(err, ERROR_ATTRIBUTE,
              "'numpy.core.multiarray.flagsobj' object has no attribute '%s'",
              name);
    if (nearest.best)
        error_hint(err, "did you mean '%s'?", nearest.best);
    return false;
}

static bool set_writeable(struct tensor *tensor, bool wanted,
                          struct error *err)
{
    if (wanted && tensor->base && tensor->base->readonly)
        return error_set(err, ERROR_VALUE,
                         "cannot set WRITEABLE flag to True of this array");
    tensor->readonly = !wanted;
    return true;
}

static bool flags_set(struct interp *interp, struct value self,
                      const char *name, struct value value, struct error *err)
{
    bool wanted;

    (void)interp;
    if (!strcmp(name, "writeable"))
        return value_truth(value, &wanted, err) &&
               set_writeable(self.opaque->data, wanted, err);
    return error_set(err, ERROR_ATTRIBUTE,
                     "attribute '%s' of 'numpy.core.multiarray.flagsobj' "
                     "objects is not writable",
                     name);
}

/* The flag that KEY names; false with KeyError. */
static bool flag_find(struct value key, int *ret, struct error *err)
{
    for (*ret = 0; key.kind == VALUE_STRING && *ret < FLAGS; ++*ret)
        if (!strcmp(flags[*ret].key, key.string->text) ||
            !strcmp(flags[*ret].short_key, key.string->text))
            return true;
    return error_set(err, ERROR_KEY, "'Unknown flag'");
}

static bool flags_get_item(struct interp *interp, struct value self,
                           struct value key, struct value *ret,
                           struct error *err)
{
    int i;

    (void)interp;
    if (!flag_find(key, &i, err))
        return false;
    *ret = value_bool(flags[i].get(self.opaque->data));
    return true;
}

static bool flags_set_item(struct interp *interp, struct value self,
                           struct value key, struct value value,
                           struct error *err)
{
    int i;

    return flag_find(key, &i, err) &&
           flags_set(interp, self, flags[i].name, value, err);
}

static const struct native_type flags_type = {
    .name = "numpy.core.multiarray.flagsobj",
    .free = flags_free,
    .repr = flags_repr,
    .get_attribute = flags_get,
    .set_attribute = flags_set,
    .get_item = flags_get_item,
    .set_item = flags_set_item,
    .attributes = names,
};

struct value array_flags(struct tensor *tensor)
{
    return value_opaque(&flags_type, tensor_ref(tensor));
}
