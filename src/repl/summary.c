/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/summary.h"

#include <inttypes.h>

#include "base/i18n.h"
#include "repl/text_layout.h"
#include "tensor/format.h"
#include "tensor/summary.h"

bool summary_is_wanted(const struct tensor *tensor)
{
    return tensor->size > print_options.threshold;
}

static void add_histogram(const int64_t *bins, struct strbuf *sb)
{
    static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    int64_t most = 1;
    for (int i = 0; i < SUMMARY_BINS; i++)
        most = bins[i] > most ? bins[i] : most;
    for (int i = 0; i < SUMMARY_BINS; i++)
        strbuf_adds(sb,
                    bars[(int)((double)bins[i] / (double)most * 7.0 + 0.5)]);
}

static void add_number(const struct tensor *tensor, double value,
                       struct strbuf *sb)
{
    strbuf_addf(sb, dtype_is_float(tensor->dtype) ? "%.4g" : "%.15g", value);
}

static void add_spread(const struct tensor *tensor,
                       const struct tensor_summary *summary, struct strbuf *sb)
{
    strbuf_adds(sb, "  ");
    add_number(tensor, summary->min, sb);
    strbuf_addc(sb, ' ');
    add_histogram(summary->bins, sb);
    strbuf_addc(sb, ' ');
    add_number(tensor, summary->max, sb);
    strbuf_addf(sb, _("  mean %.4g  std %.4g"), summary->mean, summary->std);
}

bool summary_format(struct tensor *tensor, struct strbuf *sb, struct error *err)
{
    struct tensor_summary summary;
    if (!tensor_summarize(tensor, &summary, err))
        return false;
    text_kind(sb, tensor);
    if (summary.finite > 0 && summary.min == 0 && summary.max == 0)
        strbuf_adds(sb, _("  all zeros"));
    else if (tensor->dtype == DTYPE_BOOL)
        strbuf_addf(sb, _("  %.4g%% are True"), summary.mean * 100);
    else if (summary.finite > 0)
        add_spread(tensor, &summary, sb);
    if (summary.nans > 0)
        strbuf_addf(sb, _("  NaN! (%" PRId64 ")"), summary.nans);
    if (summary.infinities > 0)
        strbuf_addf(sb, _("  Inf! (%" PRId64 ")"), summary.infinities);
    return true;
}
