/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imaginary numbers, as far as np.mgrid[0:1:5j] needs them: a constant that
   knows its parts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/value.h"
#include "tensor/format.h"

static void imaginary_repr(void *data, struct strbuf *sb)
{
    double number = *(const double *)data;

    if (number == floor(number) && fabs(number) < 1e16)
        strbuf_addf(sb, "%.0f", number); /* 5j, not 5.0j */
    else
        double_repr(number, sb);
    strbuf_addc(sb, 'j');
}

static bool imaginary_get(struct interp *interp, struct value self,
                          const char *name, struct value *ret,
                          struct error *err)
{
    (void)interp;
    if (!strcmp(name, "imag")) {
        *ret = value_float(*(const double *)self.opaque->data);
        return true;
    }
    if (!strcmp(name, "real")) {
        *ret = value_float(0);
        return true;
    }
    return error_set(err, ERROR_ATTRIBUTE,
                     "'complex' object has no attribute '%s'", name);
}

static const struct native_type imaginary_type = {
    .name = "complex",
    .free = free,
    .repr = imaginary_repr,
    .get_attribute = imaginary_get,
};

struct value value_imaginary(double imaginary)
{
    double *data = xmalloc(sizeof *data);

    *data = imaginary;
    return value_opaque(&imaginary_type, data);
}
