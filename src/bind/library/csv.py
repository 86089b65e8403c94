# SPDX-License-Identifier: GPL-3.0-or-later
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = 0, 1, 2, 3


class Error(Exception):
    pass


class reader:
    def __init__(self, csvfile, dialect='excel', *, delimiter=',',
                 quotechar='"', skipinitialspace=False, **others):
        self._lines = iter(csvfile)
        self._delimiter, self._quote = delimiter, quotechar
        self._skip = skipinitialspace
        self.line_num = 0

    def __iter__(self):
        return self

    def _quoted(self, line, at):
        """The field whose opening quote stands before AT, and its end."""
        text = ''
        while True:
            end = line.find(self._quote, at)
            if end < 0:  # it goes on in the next line
                text += line[at:]
                line, at = next(self._lines), 0
                self.line_num += 1
                continue
            text += line[at:end]
            at = end + 1
            if line[at:at + 1] != self._quote:
                return text, line, at
            text += self._quote
            at += 1

    def __next__(self):
        line = next(self._lines)
        self.line_num += 1
        if not line.rstrip('\r\n'):
            return []
        if self._quote is None or self._quote not in line:
            fields = line.rstrip('\r\n').split(self._delimiter)
            return ([field.lstrip() for field in fields] if self._skip
                    else fields)
        fields, at = [], 0
        while True:
            while self._skip and line[at:at + 1] == ' ':
                at += 1
            field = ''
            if line[at:at + 1] == self._quote:
                field, line, at = self._quoted(line, at + 1)
            end = line.find(self._delimiter, at)
            stop = len(line.rstrip('\r\n')) if end < 0 else end
            fields.append(field + line[at:stop])
            if end < 0:
                return fields
            at = end + 1


class writer:
    def __init__(self, csvfile, dialect='excel', *, delimiter=',',
                 quotechar='"', lineterminator='\r\n', quoting=QUOTE_MINIMAL,
                 **others):
        self._file, self._delimiter = csvfile, delimiter
        self._quote, self._end = quotechar, lineterminator
        self._quoting = quoting

    def _field(self, value):
        text = '' if value is None else str(value)
        special = any([c in text for c in (self._delimiter, self._quote,
                                           '\r', '\n')])
        if (special or self._quoting == QUOTE_ALL
                or (self._quoting == QUOTE_NONNUMERIC
                    and not isinstance(value, (int, float)))):
            quote = self._quote
            return quote + text.replace(quote, quote + quote) + quote
        return text

    def writerow(self, row):
        line = self._delimiter.join([self._field(value) for value in row])
        return self._file.write(line + self._end)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None,
                 dialect='excel', **options):
        self.reader = reader(f, dialect, **options)
        self._names, self._restval = fieldnames, restval

    @property
    def fieldnames(self):
        if self._names is None:
            self._names = next(self.reader)
        return self._names

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while not row:
            row = next(self.reader)
        missing = [self._restval] * (len(names) - len(row))
        return dict(zip(names, row + missing))


class DictWriter:
    def __init__(self, f, fieldnames, restval='', extrasaction='raise',
                 dialect='excel', **options):
        self.fieldnames, self._restval = fieldnames, restval
        self._strict = extrasaction == 'raise'
        self.writer = writer(f, dialect, **options)

    def writeheader(self):
        return self.writer.writerow(self.fieldnames)

    def writerow(self, rowdict):
        wrong = [repr(key) for key in rowdict if key not in self.fieldnames]
        if wrong and self._strict:
            raise ValueError('dict contains fields not in fieldnames: '
                             + ', '.join(wrong))
        return self.writer.writerow([rowdict.get(name, self._restval)
                                     for name in self.fieldnames])

    def writerows(self, rowdicts):
        for rowdict in rowdicts:
            self.writerow(rowdict)
