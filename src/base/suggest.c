/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/suggest.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST = 40 };

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* Optimal string alignment distance: insert, delete, replace, swap two
   neighbours (Damerau 1964). */
static int distance(const char *a, const char *b)
{
    int table[LONGEST + 1][LONGEST + 1];
    int m = (int)strlen(a), n = (int)strlen(b);

    for (int i = 0; i <= m; i++)
        table[i][0] = i;
    for (int j = 0; j <= n; j++)
        table[0][j] = j;
    for (int i = 1; i <= m; i++) {
        for (int j = 1; j <= n; j++) {
            int x = tolower((unsigned char)a[i - 1]);
            int y = tolower((unsigned char)b[j - 1]);
            int best = smaller(table[i - 1][j], table[i][j - 1]) + 1;
            best = smaller(best, table[i - 1][j - 1] + (x != y));
            if (i > 1 && j > 1 && x == tolower((unsigned char)b[j - 2]) &&
                y == tolower((unsigned char)a[i - 2]))
                best = smaller(best, table[i - 2][j - 2] + 1);
            table[i][j] = best;
        }
    }
    return table[m][n];
}

struct suggestion suggestion_for(const char *wanted)
{
    int limit = strlen(wanted) < 4 ? 1 : 2;
    return (struct suggestion){wanted, NULL, limit + 1};
}

void suggestion_consider(struct suggestion *suggestion, const char *candidate)
{
    size_t length = strlen(suggestion->wanted);
    if (length > LONGEST || strlen(candidate) > LONGEST || length < 2)
        return;
    int found = distance(suggestion->wanted, candidate);
    if (found < suggestion->distance) {
        suggestion->distance = found;
        suggestion->best = candidate;
    }
}
