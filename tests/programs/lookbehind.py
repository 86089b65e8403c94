# SPDX-License-Identifier: GPL-3.0-or-later
import re
print(re.findall(r'(?<=\$)\d+', 'cost $45 or 30 or $7'))
print(re.findall(r'(?<!\$)\b\d+', 'cost $45 or 30 or $7'))
print(re.sub(r'(?<=[a-z])(?=[A-Z])', '_', 'camelCaseName'))
print(re.split(r'(?<=[.!?]) +', 'One. Two! Three? Four'))
print(re.search(r'(?<=ab|cd)x', 'abx').span(), re.search(r'(?<=a{2})b', 'aab').span())
print(re.sub(r'(?<!^)(?=(\d{3})+$)', ',', '1234567'))
print(re.findall(r'(?<=(a))b', 'abcb'))
print(re.match(r'(?<=x)a', 'a'))
try:
    re.compile(r'(?<=a+)b')
except re.error as e:
    print(e)
