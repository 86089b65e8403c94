/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/i18n.h"
#include "base/suggest.h"
#include "view/color.h"

/*
 * Evenly spaced colours, six hexadecimal digits each; between them lie
 * straight lines, or nothing in maps that are a list.
 *
 * Where the numbers come from: viridis, plasma, inferno and magma by Nathaniel
 * Smith and Stéfan van der Walt (CC0); cividis by Jamie Nuñez, Christopher
 * Anderton and Ryan Renslow (CC0); turbo by Anton Mikhailov (Apache 2.0);
 * coolwarm by Kenneth Moreland (public domain); twilight by Bastian Bechtold
 * (CC0); Greys to YlGn, PiYG to Spectral and Set1 to Dark2 by Cynthia Brewer,
 * ColorBrewer (Apache 2.0); tab10 and tab20 by Tableau; the others follow from
 * formulas as old as MATLAB.
 */
struct colormap {
    const char *name;
    uint8_t is_list, is_reversed;
    const char *colors;
};

#define MAP(name, is_list, colors)    \
    {name, is_list, 0, colors},       \
    {                                 \
        name "_r", is_list, 1, colors \
    }

static const struct colormap colormaps[] = {
    MAP("viridis", 0,
        "44015447126548227346307e433e853e4c8a38588c32648e2d6f8e297a8e"
        "25858e21908c1e9b8a21a6852bb07e3bbb7550c46969cd5b85d44aa3db37"
        "c2df23e0e318fde725"),
    MAP("plasma", 0,
        "0d088721068f2f05963d049b4903a05502a46100a76d00a87801a88305a7"
        "8e0ca49814a0a21d9aab2594b42e8dbc3686c43e7fcb4778d24f71d8586b"
        "de6164e4695ee97257ee7c51f3854bf68f44f99a3efca437fdaf31febb2b"
        "fdc627fbd325f8df25f4ec27f0f921"),
    MAP("inferno", 0,
        "000004060419120a32230c4d360961490b6a5b116e6d186e7e1e6c902468"
        "a12b62b3325ac33b4fd24644df5437ea632af2751cf8880dfb9c06fcb116"
        "f9c72ff5dd4ff1f079fcffa4"),
    MAP("magma", 0,
        "0000040b092420114b3b0f7057157e721f818c2981a8327dc43c75de4968"
        "f1605dfa7f5efe9f6dfebf84fddea0fcfdbf"),
    MAP("cividis", 0,
        "00224e00265600295e002d6700306f0533711436701d396f253d6e2c406d"
        "32436d37476c3d4a6c424d6c47516c4b546c50576c545b6d595e6e5d626e"
        "61656f6668706a6c716e6f737273747676767a7a787e7d78838179878478"
        "8c8878918c78958f779a93769f9776a49a74a99e73ada272b2a670b7aa6e"
        "bcae6cc1b26ac6b667cbba64d1be61d6c35edbc75ae0cb56e6d051ebd44c"
        "f1d946f6dd3ffce236fee838"),
    MAP("turbo", 0,
        "30123b3b3081434cb74668df4682f83e9bfe2db5f11dccd918dfbe27eda5"
        "46f8846efe6294fe46b0f937caed34e1dd37f3c93afcb236fe972cfa781e"
        "f05b12e24209cf2e04b81d029c0f017a0403"),
    MAP("gray", 0, "000000ffffff"),
    MAP("binary", 0, "ffffff000000"),
    MAP("Greys", 0, "fffffff0f0f0d9d9d9bdbdbd969696737373525252252525000000"),
    MAP("Purples", 0, "fcfbfdefedf5dadaebbcbddc9e9ac8807dba6a51a354278f3f007d"),
    MAP("Blues", 0, "f7fbffdeebf7c6dbef9ecae16baed64292c62171b508519c08306b"),
    MAP("Greens", 0, "f7fcf5e5f5e0c7e9c0a1d99b74c47641ab5d238b45006d2c00441b"),
    MAP("Oranges", 0, "fff5ebfee6cefdd0a2fdae6bfd8d3cf16913d94801a636037f2704"),
    MAP("Reds", 0, "fff5f0fee0d2fcbba1fc9272fb6a4aef3b2ccb181da50f1567000d"),
    MAP("YlOrBr", 0, "ffffe5fff7bcfee391fec44ffe9929ec7014cc4c02993404662506"),
    MAP("YlOrRd", 0, "ffffccffeda0fed976feb24cfd8d3cfc4e2ae31a1cbd0026800026"),
    MAP("OrRd", 0, "fff7ecfee8c8fdd49efdbb84fc8d59ef6548d7301fb300007f0000"),
    MAP("PuRd", 0, "f7f4f9e7e1efd4b9dac994c7df65b0e7298ace125698004367001f"),
    MAP("RdPu", 0, "fff7f3fde0ddfcc5c0fa9fb5f768a1dd3497ae017e7a017749006a"),
    MAP("BuPu", 0, "f7fcfde0ecf4bfd3e69ebcda8c96c68c6bb188419d810f7c4d004b"),
    MAP("GnBu", 0, "f7fcf0e0f3dbccebc5a8ddb57bccc44eb3d32b8cbe0868ac084081"),
    MAP("PuBu", 0, "fff7fbece7f2d0d1e6a6bddb74a9cf3690c00570b0045a8d023858"),
    MAP("YlGnBu", 0, "ffffd9edf8b1c7e9b47fcdbb41b6c41d91c0225ea8253494081d58"),
    MAP("PuBuGn", 0, "fff7fbece2f0d0d1e6a6bddb67a9cf3690c002818a016c59014636"),
    MAP("BuGn", 0, "f7fcfde5f5f9ccece699d8c966c2a441ae76238b45006d2c00441b"),
    MAP("YlGn", 0, "ffffe5f7fcb9d9f0a3addd8e78c67941ab5d238443006837004529"),
    MAP("bone", 0, "0000001c1c2738384e545574707b8f8ba1aba8c7c7d3e3e3ffffff"),
    MAP("pink", 0,
        "1e0000351d1d4529295232325e3a3a684141714747794d4d815252885757"
        "8f5c5c9661619c6565a36969a96d6dae7171b47575b97878be7c7cc2817f"
        "c58882c78f86c99689cb9c8ccda28fcfa892d1ae95d3b497d5b99ad7be9d"
        "d9c3a0dbc8a2ddcda5dfd2a7e1d7aae3dbace5e0afe6e4b1e8e8b4eaeaba"
        "ececc1eeeec7f0f0cef1f1d4f3f3daf5f5dff7f7e5f8f8eafafaf0fcfcf5"
        "fdfdfaffffff"),
    MAP("spring", 0, "ff00ffffff00"),
    MAP("summer", 0, "008066ffff66"),
    MAP("autumn", 0, "ff0000ffff00"),
    MAP("winter", 0, "0000ff00ff80"),
    MAP("cool", 0, "00ffffff00ff"),
    MAP("hot", 0,
        "0b00001c00002d00003e00004f0000600000720000830000940000a50000"
        "b60000c70000d90000ea0000fb0000ff0d00ff1e00ff2f00ff4100ff5200"
        "ff6300ff7400ff8500ff9600ffa800ffb900ffca00ffdb00ffec00fffd00"
        "ffff17ffff31ffff4bffff65ffff7effff98ffffb2ffffccffffe5ffffff"),
    MAP("copper", 0, "0000003f28197e5033bd784cfc9f65ffc77f"),
    MAP("coolwarm", 0,
        "3b4cc0465dcf526edc5f7ee76b8df1799cf886a9fc94b6ffa1c0ffafcafc"
        "bbd1f7c7d7f1d2dbe8dddddde6d7cfeed0c0f3c7b1f7bca1f7af92f6a182"
        "f29273ec8165e56f57db5b49cf463dc22d31b40426"),
    MAP("bwr", 0, "0000fffefefeff0000"),
    MAP("seismic", 0, "00004c0101fefefdfeff0101800000"),
    MAP("PiYG", 0,
        "8e0152c51c7dde77aef1b6dafde0eff7f7f7e6f5d0b8e1867fbc414d9221"
        "276419"),
    MAP("PRGn", 0,
        "40004b762a839970abc2a5cfe7d4e8f7f7f6d9f0d3a6dba05aae611b7837"
        "00441b"),
    MAP("BrBG", 0,
        "5430058c510abf812ddfc27df6e8c3f5f5f4c7eae580cdc135978f02665e"
        "003c30"),
    MAP("PuOr", 0,
        "7f3b08b35806e08214fdb863fee0b6f7f6f6d8daebb2abd28073ac542788"
        "2d004b"),
    MAP("RdGy", 0,
        "67001fb2182bd6604df4a582fddbc7fffefee0e0e0bababa8787874d4d4d"
        "1a1a1a"),
    MAP("RdBu", 0,
        "67001fb2182bd6604df4a582fddbc7f7f7f6d1e5f092c5de4393c32166ab"
        "053061"),
    MAP("RdYlBu", 0,
        "a50026d73027f46d43fdae61fee090ffffbfe0f3f8abd9e974add14575b4"
        "313695"),
    MAP("RdYlGn", 0,
        "a50026d73027f46d43fdae61fee08bffffbed9ef8ba6d96a66bd631a9850"
        "006837"),
    MAP("Spectral", 0,
        "9e0142d53e4ff46d43fdae61fee08bffffbee6f598abdda466c2a53388bc"
        "5e4fa2"),
    MAP("twilight", 0,
        "e2d9e2cbd2d7a6bfca84a9c46d90c06275ba5f58b05c399d531e7c3f1252"
        "2f1436"),
    MAP("hsv", 0,
        "ff0000ff1a00ff3500ff4f00ff6a00ff8400ff9f00ffb900ffd300ffee00"
        "f5fe00dbff00c1ff00a7ff008cff0072ff0057ff003dff0022ff0008ff00"
        "00ff1300ff2d00ff4700ff6200ff7c00ff9700ffb100ffcb00ffe600fdfe"
        "00e3ff00c9ff00aeff0094ff007aff005fff0045ff002aff0010ff0b00ff"
        "2500ff3f00ff5a00ff7400ff8f00ffa900ffc300ffde00fff700feff00eb"
        "ff00d1ff00b6ff009cff0082ff0067ff004dff0032ff0018"),
    MAP("jet", 0,
        "0000800000920000a40000b60000c80000da0000ec0000fe0000ff0010ff"
        "0020ff0030ff0040ff0050ff0060ff0070ff0080ff008fff009fff00afff"
        "00bfff00cfff00dffc08efef15fee221ffd52effc93bffbc48ffaf55ffa2"
        "62ff956fff887bff7b88ff6f95ff62a2ff55afff48bcff3bc9ff2ed5ff21"
        "e2ff15effe08fcf000ffe100ffd200ffc300ffb500ffa600ff9700ff8800"
        "ff7a00ff6b00ff5c00ff4d00ff3f00ff3000ff2100fe1200ec0400da0000"
        "c80000b60000a40000920000800000"),
    MAP("rainbow", 0,
        "8000ff5542fd2b7ff601b4ec2adddd55f6ca80ffb4aaf69bd4dd80ffb462"
        "ff7f42ff4221ff0000"),
    MAP("tab10", 1,
        "1f77b4ff7f0e2ca02cd627289467bd8c564be377c27f7f7fbcbd2217becf"),
    MAP("tab20", 1,
        "1f77b4aec7e8ff7f0effbb782ca02c98df8ad62728ff98969467bdc5b0d5"
        "8c564bc49c94e377c2f7b6d27f7f7fc7c7c7bcbd22dbdb8d17becf9edae5"),
    MAP("Set1", 1, "e41a1c377eb84daf4a984ea3ff7f00ffff33a65628f781bf999999"),
    MAP("Set2", 1, "66c2a5fc8d628da0cbe78ac3a6d854ffd92fe5c494b3b3b3"),
    MAP("Set3", 1,
        "8dd3c7ffffb3bebadafb807280b1d3fdb462b3de69fccde5d9d9d9bc80bd"
        "ccebc5ffed6f"),
    MAP("Pastel1", 1, "fbb4aeb3cde3ccebc5decbe4fed9a6ffffcce5d8bdfddaecf2f2f2"),
    MAP("Pastel2", 1, "b3e2cdfdcdaccbd5e8f4cae4e6f5c9fff2aef1e2cccccccc"),
    MAP("Paired", 1,
        "a6cee31f78b4b2df8a33a02cfb9a99e31a1cfdbf6fff7f00cab2d66a3d9a"
        "ffff99b15928"),
    MAP("Accent", 1, "7fc97fbeaed4fdc086ffff99386cb0f0027fbf5b17666666"),
    MAP("Dark2", 1, "1b9e77d95f027570b3e7298a66a61ee6ab02a6761d666666"),
    {NULL, 0, 0, NULL},
};

/* Matplotlib looks colours up in a table of this many. */
enum { STEPS = 256, DIGITS = 6 };

const struct colormap *colormap_find(const char *name, struct error *err)
{
    struct suggestion near = suggestion_for(name);
    for (const struct colormap *map = colormaps; map->name; map++) {
        if (!strcmp(map->name, name))
            return map;
        suggestion_consider(&near, map->name);
    }
    error_set(err, ERROR_VALUE, "'%s' is not a valid value for cmap", name);
    error_hint(err, _("did you mean '%s'?"), near.best ? near.best : "viridis");
    return NULL;
}

const char *colormap_name(const struct colormap *map)
{
    return map->name;
}

const struct colormap *colormap_next(int index)
{
    int count = (int)(sizeof colormaps / sizeof *colormaps) - 1;
    return index >= 0 && index < count ? &colormaps[index] : NULL;
}

static double digit_value(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* Part 0, 1 or 2 of the color that the digits at TEXT spell. */
static double color_part(const char *text, int part)
{
    return (16 * digit_value(text[2 * part]) +
            digit_value(text[2 * part + 1])) /
           255;
}

static double mix(const char *from, const char *to, double weight, int part)
{
    double start = color_part(from, part);
    return start + weight * (color_part(to, part) - start);
}

struct color colormap_at(const struct colormap *map, double fraction)
{
    if (isnan(fraction))
        return (struct color){0, 0, 0, 0};
    int count = (int)(strlen(map->colors) / DIGITS);
    int steps = map->is_list ? count : STEPS;
    double clamped = fmin(fmax(fraction, 0), 1);
    int step = (int)fmin(clamped * steps, steps - 1);
    if (map->is_reversed)
        step = steps - 1 - step;
    double place = (double)step / (steps - 1) * (count - 1);
    int index = (int)fmin(place, count - 2);
    const char *from = map->colors + DIGITS * index;
    const char *to = from + DIGITS;
    double weight = place - index;
    return (struct color){mix(from, to, weight, 0), mix(from, to, weight, 1),
                          mix(from, to, weight, 2), 1};
}
