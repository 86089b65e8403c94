/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/size_text.h"

#include "base/i18n.h"

void size_text(int64_t bytes, struct strbuf *sb)
{
    static const char *const units[] = {"KiB", "MiB", "GiB", "TiB", "PiB"};
    if (bytes < 1024) {
        strbuf_addf(sb, ngettext("%d byte", "%d bytes", (unsigned long)bytes),
                    (int)bytes);
        return;
    }
    double size = (double)bytes / 1024.0;
    size_t unit = 0;
    for (; size >= 1023.5 && unit + 1 < sizeof units / sizeof *units; unit++)
        size /= 1024.0;
    strbuf_addf(sb, size < 9.95 ? "%.1f %s" : "%.0f %s", size, units[unit]);
}
