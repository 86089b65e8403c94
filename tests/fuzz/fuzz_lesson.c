/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a lesson's file, and as a translation. */
#include <stdlib.h>

#include "fuzz.h"
#include "lesson/translation.h"
#include "memory_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *path = memory_file(data, size);
    struct error err = ERROR_INIT;
    struct lesson *lesson = NULL;
    struct translation *translation = NULL;

    bool good = lesson_read(path, &lesson, &err);
    if (!good && !err.message)
        abort();
    error_clear(&err);
    if (translation_read(path, &translation, &err) && good)
        lesson_translate(lesson, translation);
    error_clear(&err);
    translation_free(translation);
    lesson_free(lesson);
    return 0;
}
