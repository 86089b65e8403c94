/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/album.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "view/picture.h"

/* U+FFFC, the object replacement character, and the figure's number. */
#define MARK "\xef\xbf\xbc"

enum { MOST_FIGURES = 200 };

static struct figure *figures[MOST_FIGURES];
static int count;

void album_add(const struct figure *figure, struct strbuf *mark)
{
    if (count == MOST_FIGURES)
        return;
    figures[count++] = figure_copy(figure);
    strbuf_addf(mark, MARK "%d\n", count);
}

void album_forget(void)
{
    while (count > 0)
        figure_free(figures[--count]);
}

/* -------------------------------------------------------------- placing */

/* The text on its way to the file. */
struct page {
    const char *path;
    size_t stem; /* of PATH, without its ending */
    struct strbuf *sb;
    char *fence;  /* the line that opened the block we are in, or NULL */
    bool is_left; /* an image stands here; the block goes on below it */
    int placed;
};

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static size_t stem_length(const char *path)
{
    const char *dot = strrchr(base_name(path), '.');
    return dot && dot != base_name(path) ? (size_t)(dot - path) : strlen(path);
}

static size_t backticks(const char *line)
{
    size_t length = strspn(line, "`");
    return length >= 3 ? length : 0;
}

static bool place_figure(struct page *page, int number, struct error *err)
{
    char *path =
        xasprintf("%.*s-%d.png", (int)page->stem, page->path, page->placed + 1);
    bool good = picture_save(figures[number - 1], path,
                             (struct picture_options){.dpi = 0}, err);
    if (good) {
        page->placed++;
        if (page->fence && !page->is_left)
            strbuf_addf(page->sb, "%.*s\n", (int)backticks(page->fence),
                        page->fence);
        strbuf_addf(page->sb, "\n![](%s)\n", base_name(path));
        page->is_left = page->fence != NULL;
    }
    free(path);
    return good;
}

/* A line that is no mark. */
static void place_line(struct page *page, const char *line, size_t length)
{
    size_t ticks = backticks(line);
    bool closes = page->fence && ticks && ticks >= backticks(page->fence) &&
                  ticks == length;
    if (page->is_left && !closes)
        strbuf_addf(page->sb, "\n%s\n", page->fence);
    if (!(page->is_left && closes)) {
        strbuf_add(page->sb, line, length);
        strbuf_addc(page->sb, '\n');
    }
    page->is_left = false;
    if (closes || (ticks && !page->fence)) {
        free(page->fence);
        page->fence = closes ? NULL : xstrndup(line, length);
    }
}

/* The number of the figure that LINE stands for; 0: it is other text. */
static int marked(const char *line)
{
    if (strncmp(line, MARK, strlen(MARK)) != 0)
        return 0;
    long number = strtol(line + strlen(MARK), NULL, 10);
    return number > 0 && number <= count ? (int)number : 0;
}

bool album_place(const char *text, const char *path, struct strbuf *sb,
                 struct error *err)
{
    struct page page = {.path = path, .stem = stem_length(path), .sb = sb};
    bool good = true;
    while (good && *text) {
        size_t length = strcspn(text, "\n");
        int number = marked(text);
        if (number)
            good = place_figure(&page, number, err);
        else
            place_line(&page, text, length);
        text += length;
        text += *text == '\n';
    }
    free(page.fence);
    return good;
}
