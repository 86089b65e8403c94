/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Examples of pyplot's functions; what they print is what matplotlib prints. */
#include "bind/native_examples.h"

#include <stddef.h>

static const struct native_example rows[] = {
    {"plt.show", ">>> line, = plt.plot([1, 4, 9])\n"
                 ">>> plt.show()"},
    {"plt.draw", ">>> line, = plt.plot([1, 4, 9])\n"
                 ">>> plt.draw()"},
    {"plt.pause", ">>> line, = plt.plot([1, 4, 9])\n"
                  ">>> plt.pause(0.01)"},
    {"plt.close", ">>> figure = plt.figure()\n"
                  ">>> plt.close('all')\n"
                  ">>> plt.get_fignums()\n"
                  "[]"},
    {"plt.ion", ">>> context = plt.ion()\n"
                ">>> plt.isinteractive()\n"
                "True\n"
                ">>> context = plt.ioff()"},
    {"plt.ioff", ">>> context = plt.ioff()\n"
                 ">>> plt.isinteractive()\n"
                 "False"},
    {"plt.isinteractive", ">>> plt.isinteractive()\n"
                          "False"},
    {"plt.get_fignums", ">>> first, second = plt.figure(), plt.figure()\n"
                        ">>> plt.get_fignums()\n"
                        "[1, 2]"},
    {"plt.fignum_exists", ">>> figure = plt.figure(3)\n"
                          ">>> plt.fignum_exists(3)\n"
                          "True"},
    {"plt.colormaps", ">>> 'viridis' in plt.colormaps()\n"
                      "True"},
    {"plt.figure", ">>> plt.figure(figsize=(8, 4))\n"
                   "<Figure size 800x400 with 0 Axes>"},
    {"plt.subplots", ">>> figure, axes = plt.subplots(2, 3)\n"
                     ">>> axes.shape\n"
                     "(2, 3)\n"
                     ">>> axes[0, 1].set_title('above')\n"
                     "Text(0.5, 1.0, 'above')"},
    {"plt.subplot", ">>> left = plt.subplot(1, 2, 1)\n"
                    ">>> line, = plt.plot([1, 2, 3])\n"
                    ">>> right = plt.subplot(1, 2, 2)\n"
                    ">>> bars = plt.bar([1, 2], [3, 4])"},
    {"plt.axes", ">>> inset = plt.axes([0.6, 0.6, 0.25, 0.25])\n"
                 ">>> line, = plt.plot([3, 1, 2])"},
    {"plt.gca", ">>> axes = plt.subplot(2, 1, 1)\n"
                ">>> plt.gca() is axes\n"
                "True"},
    {"plt.gcf", ">>> figure = plt.figure()\n"
                ">>> plt.gcf() is figure\n"
                "True"},
    {"plt.sca", ">>> figure, (left, right) = plt.subplots(1, 2)\n"
                ">>> plt.sca(left)\n"
                ">>> line, = plt.plot([1, 2, 3])\n"
                ">>> line.axes is left\n"
                "True"},
    {"plt.delaxes", ">>> figure, (left, right) = plt.subplots(1, 2)\n"
                    ">>> plt.delaxes(right)\n"
                    ">>> len(figure.axes)\n"
                    "1"},
    {"plt.clf", ">>> line, = plt.plot([1, 2, 3])\n"
                ">>> plt.clf()\n"
                ">>> plt.gcf().axes\n"
                "[]"},
    {"plt.cla", ">>> line, = plt.plot([1, 2, 3])\n"
                ">>> plt.cla()\n"
                ">>> len(plt.gca().lines)\n"
                "0"},
    {"plt.tight_layout", ">>> figure, axes = plt.subplots(2, 2)\n"
                         ">>> plt.tight_layout()"},
    {"plt.subplots_adjust", ">>> figure, axes = plt.subplots(2, 2)\n"
                            ">>> plt.subplots_adjust(hspace=0.4)"},
    {"plt.savefig", ">>> line, = plt.plot([1, 4, 9])\n"
                    ">>> plt.savefig('/nowhere/squares.png')\n"
                    "FileNotFoundError: [Errno 2] No such file or directory: "
                    "'/nowhere/squares.png'"},
    {"plt.plot", ">>> x = np.linspace(0, 6, 50)\n"
                 ">>> line, = plt.plot(x, np.sin(x), 'r--', label='sine')\n"
                 ">>> dots, = plt.plot(x, np.cos(x), 'bo', label='cosine')\n"
                 ">>> line.get_label()\n"
                 "'sine'"},
    {"plt.semilogx", ">>> line, = plt.semilogx([1, 10, 100], [1, 2, 3])"},
    {"plt.semilogy", ">>> line, = plt.semilogy([1, 10, 100])"},
    {"plt.loglog", ">>> line, = plt.loglog([1, 10, 100], [1, 100, 10000])"},
    {"plt.step", ">>> line, = plt.step([1, 2, 3], [1, 4, 9], where='mid')"},
    {"plt.errorbar", ">>> plt.errorbar([1, 2, 3], [1, 4, 9], yerr=0.5)\n"
                     "<ErrorbarContainer object of 3 artists>"},
    {"plt.stem", ">>> plt.stem([1, 4, 9])\n"
                 "<StemContainer object of 3 artists>"},
    {"plt.scatter", ">>> x, y = np.arange(4), np.array([2, 1, 4, 3])\n"
                    ">>> points = plt.scatter(x, y, c=y, cmap='coolwarm')\n"
                    ">>> points.get_clim()\n"
                    "(1.0, 4.0)"},
    {"plt.bar", ">>> plt.bar(['zero', 'one', 'two'], [980, 1135, 1032])\n"
                "<BarContainer object of 3 artists>"},
    {"plt.barh", ">>> plt.barh(['zero', 'one'], [980, 1135])\n"
                 "<BarContainer object of 2 artists>"},
    {"plt.hist", ">>> plt.hist([1, 2, 2, 3, 3, 3], bins=3)\n"
                 "(array([1., 2., 3.]), array([1.        , 1.66666667, "
                 "2.33333333, 3.        ]), <BarContainer object of 3 "
                 "artists>)"},
    {"plt.imshow", ">>> digit = np.zeros((28, 28))\n"
                   ">>> digit[4:24, 13:15] = 1.0\n"
                   ">>> image = plt.imshow(digit, cmap=plt.cm.binary)\n"
                   ">>> image.get_clim()\n"
                   "(0.0, 1.0)"},
    {"plt.matshow", ">>> image = plt.matshow(np.eye(4))\n"
                    ">>> plt.gcf()\n"
                    "<Figure size 480x480 with 1 Axes>"},
    {"plt.colorbar", ">>> image = plt.imshow(np.eye(4), cmap='coolwarm')\n"
                     ">>> bar = plt.colorbar()\n"
                     ">>> plt.gcf()\n"
                     "<Figure size 640x480 with 2 Axes>"},
    {"plt.clim", ">>> image = plt.imshow(np.eye(4))\n"
                 ">>> plt.clim(-1.0, 1.0)\n"
                 ">>> image.get_clim()\n"
                 "(-1.0, 1.0)"},
    {"plt.get_cmap", ">>> plt.get_cmap('viridis').name\n"
                     "'viridis'"},
    {"plt.set_cmap", ">>> plt.set_cmap('gray')\n"
                     ">>> plt.rcParams['image.cmap']\n"
                     "'gray'"},
    {"plt.contour", ">>> x, y = np.meshgrid(np.linspace(-2, 2), "
                    "np.linspace(-1, 1))\n"
                    ">>> lines = plt.contour(x, y, x**2 + y**2, "
                    "levels=[1, 2, 4])\n"
                    ">>> lines.levels\n"
                    "array([1., 2., 4.])"},
    {"plt.contourf", ">>> x, y = np.meshgrid(np.linspace(-2, 2), "
                     "np.linspace(-1, 1))\n"
                     ">>> areas = plt.contourf(x, y, x**2 + y**2)\n"
                     ">>> areas.levels\n"
                     "array([0. , 0.8, 1.6, 2.4, 3.2, 4. , 4.8, 5.6])"},
    {"plt.clabel", ">>> lines = plt.contour(np.outer([1, 2, 3], [1, 2, 3]))\n"
                   ">>> texts = plt.clabel(lines)"},
    {"plt.fill_between", ">>> x = np.linspace(0, 6)\n"
                         ">>> area = plt.fill_between(x, np.sin(x) - 0.2, "
                         "np.sin(x) + 0.2, alpha=0.3)"},
    {"plt.fill", ">>> areas = plt.fill([0, 1, 0.5], [0, 0, 1], 'r')"},
    {"plt.arrow", ">>> arrow = plt.arrow(0, 0, 2, 1)"},
    {"plt.quiver", ">>> arrows = plt.quiver([0, 1], [0, 0], [1, 0], [0, 1])"},
    {"plt.axhline", ">>> line = plt.axhline(0.5, color='k', linestyle='--')"},
    {"plt.axvline", ">>> line = plt.axvline(3)"},
    {"plt.axhspan", ">>> band = plt.axhspan(0.2, 0.4, alpha=0.3)"},
    {"plt.axvspan", ">>> band = plt.axvspan(2, 3, alpha=0.3)"},
    {"plt.hlines", ">>> lines = plt.hlines([1, 2], 0, 5)"},
    {"plt.vlines", ">>> lines = plt.vlines([1, 2, 3], 0, [1, 4, 9])"},
    {"plt.title", ">>> plt.title('Training and validation loss')\n"
                  "Text(0.5, 1.0, 'Training and validation loss')"},
    {"plt.suptitle", ">>> plt.suptitle('Digits')\n"
                     "Text(0.5, 0.98, 'Digits')"},
    {"plt.xlabel", ">>> plt.xlabel('Epochs')\n"
                   "Text(0.5, 0, 'Epochs')"},
    {"plt.ylabel", ">>> plt.ylabel('Loss')\n"
                   "Text(0, 0.5, 'Loss')"},
    {"plt.text", ">>> plt.text(1, 2, 'here')\n"
                 "Text(1, 2, 'here')"},
    {"plt.annotate", ">>> line, = plt.plot([3, 1, 2])\n"
                     ">>> plt.annotate('lowest', xy=(1, 1), xytext=(1, 2), "
                     "arrowprops={'arrowstyle': '->'})\n"
                     "Text(1, 2, 'lowest')"},
    {"plt.legend", ">>> dots, = plt.plot([3, 2, 1], 'bo', label='Training')\n"
                   ">>> line, = plt.plot([3, 2, 2], 'b', label='Validation')\n"
                   ">>> box = plt.legend()"},
    {"plt.xlim", ">>> line, = plt.plot([0, 1, 2])\n"
                 ">>> plt.xlim()\n"
                 "(-0.1, 2.1)\n"
                 ">>> plt.xlim(0, 2)\n"
                 "(0.0, 2.0)"},
    {"plt.ylim", ">>> plt.ylim(bottom=0.5)\n"
                 "(0.5, 1.0)"},
    {"plt.xscale", ">>> line, = plt.plot([1, 10, 100], [1, 2, 3])\n"
                   ">>> plt.xscale('log')"},
    {"plt.yscale", ">>> line, = plt.plot([1, 10, 100])\n"
                   ">>> plt.yscale('log')"},
    {"plt.xticks", ">>> bars = plt.bar([0, 1], [3, 4])\n"
                   ">>> places, texts = plt.xticks([0, 1], ['cat', 'dog'])\n"
                   ">>> texts\n"
                   "[Text(0, 0, 'cat'), Text(1, 0, 'dog')]"},
    {"plt.yticks", ">>> line, = plt.plot([0, 1, 2])\n"
                   ">>> places, texts = plt.yticks([0, 1, 2])\n"
                   ">>> len(places)\n"
                   "3"},
    {"plt.tick_params", ">>> line, = plt.plot([0, 1, 2])\n"
                        ">>> plt.tick_params(labelsize=8)"},
    {"plt.grid", ">>> line, = plt.plot([0, 1, 2])\n"
                 ">>> plt.grid(True)"},
    {"plt.axis", ">>> image = plt.imshow(np.zeros((3, 5)))\n"
                 ">>> plt.axis()\n"
                 "(-0.5, 4.5, 2.5, -0.5)\n"
                 ">>> limits = plt.axis('off')"},
};

const struct native_example *plt_example_at(int index)
{
    size_t count = sizeof rows / sizeof *rows;
    return index >= 0 && (size_t)index < count ? &rows[index] : NULL;
}
