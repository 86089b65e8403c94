# SPDX-License-Identifier: GPL-3.0-or-later
Number = Complex = Real = Rational = (int, float)
Integral = int
