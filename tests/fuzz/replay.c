/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plays files to a fuzz target without libFuzzer: replay FILE… */
#include <stdio.h>
#include <stdlib.h>

#include "base/path.h"
#include "base/strbuf.h"
#include "fuzz.h"

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct error err = ERROR_INIT;
        struct strbuf text = STRBUF_INIT;
        if (!file_read(argv[i], &text, &err)) {
            fprintf(stderr, "%s\n", err.message);
            return EXIT_FAILURE;
        }
        /* Of the exact size, so that a byte too far is seen. */
        uint8_t *data = malloc(text.length ? text.length : 1);
        if (!data)
            return EXIT_FAILURE;
        for (size_t k = 0; k < text.length; k++)
            data[k] = (uint8_t)text.text[k];
        fprintf(stderr, "%s\n", argv[i]);
        LLVMFuzzerTestOneInput(data, text.length);
        free(data);
        strbuf_done(&text);
    }
    printf("%d inputs\n", argc - 1);
    return EXIT_SUCCESS;
}
