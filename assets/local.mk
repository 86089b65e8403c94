# SPDX-License-Identifier: GPL-3.0-or-later
mnistdir = $(pkgdatadir)/mnist
dist_mnist_DATA = \
	assets/mnist/README.md \
	assets/mnist/SHA256SUMS \
	assets/mnist/t10k-images-idx3-ubyte.gz \
	assets/mnist/t10k-labels-idx1-ubyte.gz \
	assets/mnist/train-images-idx3-ubyte.gz \
	assets/mnist/train-labels-idx1-ubyte.gz

# What README.md shows.
EXTRA_DIST += \
	assets/screenshots/confusion.png \
	assets/screenshots/descent.png \
	assets/screenshots/draw.png \
	assets/screenshots/training.png
