# Writes figures.wanted: what figures.txt's entries are in matplotlib 3.6.3.
#     MPLBACKEND=agg python3 -W ignore record.py <figures.txt >figures.wanted
# Entries are separated by empty lines.  tests/check_plt.c describes our figures
# in the same words.
import sys

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import collections, colors, image, lines, patches, text

STYLES = {'-': 'solid', '--': 'dashed', '-.': 'dashdot', ':': 'dotted',
          'None': 'none', ' ': 'none', '': 'none'}


def number(x):
    return '%.4g' % x


def hexed(color):
    return colors.to_hex(color, keep_alpha=True)


def label_of(artist):
    label = str(artist.get_label())
    return '' if label.startswith('_') else label


def describe_line(line):
    x, y = line.get_xdata(orig=False), line.get_ydata(orig=False)
    marker = line.get_marker()
    words = ['line', hexed(colors.to_rgba(line.get_color(), line.get_alpha())),
             number(line.get_linewidth()),
             STYLES[line.get_linestyle()],
             '-' if marker in ('None', '', ' ') else marker,
             number(line.get_markersize()),
             str(len(x) if line.get_drawstyle() == 'default'
                 else 2 * len(x) - 1)]
    if len(x):
        words += [number(x[0]), number(y[0]), number(x[-1]), number(y[-1])]
    return words + [repr(label_of(line))]


def describe_rule(line):
    x, y = line.get_xdata(), line.get_ydata()
    vertical = x[0] == x[1]
    return ['rule', 'vertical' if vertical else 'horizontal',
            number(x[0] if vertical else y[0]), hexed(line.get_color()),
            number(line.get_linewidth()), STYLES[line.get_linestyle()]]


def describe_bars(bars):
    words = ['bars', bars.orientation, str(len(bars.patches))]
    for bar in bars.patches[:3]:
        words += [number(v) for v in
                  (bar.get_x(), bar.get_y(), bar.get_width(),
                   bar.get_height())]
        words += [hexed(bar.get_facecolor())]
    return words + [repr(label_of(bars) or label_of(bars.patches[0]))]


def describe_points(points):
    offsets = np.asarray(points.get_offsets())
    sizes = points.get_sizes()
    if points.get_array() is not None:
        low, high = points.get_clim()
        face = [points.get_cmap().name, number(low), number(high)]
    else:
        face = [hexed(c) for c in points.get_facecolors()[:2]]
    return ['points', str(len(offsets)), number(offsets[0][0]),
            number(offsets[-1][1]), number(sizes[0]), number(sizes[-1]),
            *face, repr(label_of(points))]


def describe_image(picture):
    shape = picture.get_array().shape
    words = ['image', str(shape[0]), str(shape[1])]
    if len(shape) == 2:
        low, high = picture.get_clim()
        words += [picture.get_cmap().name, number(low), number(high)]
    else:
        words += ['rgb']
    return words + [number(e) for e in picture.get_extent()]


def describe_text(words):
    x, y = words.get_position()
    return ['text', number(x), number(y), repr(words.get_text()),
            number(words.get_fontsize()), words.get_horizontalalignment(),
            hexed(words.get_color())]


def describe_artist(artist, ax):
    if isinstance(artist, lines.Line2D):
        if artist.get_transform() != ax.transData:
            return describe_rule(artist)
        return describe_line(artist)
    if isinstance(artist, collections.PathCollection):
        return describe_points(artist)
    if isinstance(artist, image.AxesImage):
        return describe_image(artist)
    if isinstance(artist, collections.PolyCollection):
        return ['band', hexed(artist.get_facecolor()[0]),
                repr(label_of(artist))]
    if isinstance(artist, text.Text):
        return describe_text(artist)
    if isinstance(artist, collections.LineCollection):
        return ['strokes', str(len(artist.get_segments()))]
    return [type(artist).__name__]


def describe_axes(ax):
    x, y = ax.get_xlim(), ax.get_ylim()
    print('axes', repr(ax.get_title()), repr(ax.get_xlabel()),
          repr(ax.get_ylabel()), number(x[0]), number(x[1]), ax.get_xscale(),
          number(y[0]), number(y[1]), ax.get_yscale(),
          'off' if not ax.axison else 'on')
    legend = ax.get_legend()
    if legend:
        print(' legend', *[repr(t.get_text()) for t in legend.get_texts()])
    told = []
    for artist in ax._children:
        bars = [c for c in ax.containers if artist in c]
        if bars and bars[0] not in told:
            told.append(bars[0])
            print('', *describe_bars(bars[0]))
        elif not bars:
            print('', *describe_artist(artist, ax))


for entry in sys.stdin.read().split('\n\n'):
    plt.close('all')
    plt.rcdefaults()
    exec(entry, {'plt': plt, 'np': np})
    plt.gcf().canvas.draw()
    for ax in plt.gcf().axes:
        describe_axes(ax)
    print()
