"""Any file a school sends, turned into typed columns, losing nothing.

In the order a file passes through:

    limits, refusals          how much a file may ask, and the words that turn it away
    files                     what kind of file it is (archives, compound, encodings, delimited)
    ooxml, opendocument, biff what its markup tells besides values (anatomy, markup)
    rehearsal                 the compiled reader tried where its fall hurts nobody
    workbook                  sheets of cells, nothing interpreted yet
    headings, layout          where the heading stands and what each column is called
    body, debris              the rows under it, without repeated headings, totals, signatures
    profiles, likeness, shifts what unknown or displaced columns may be
    tables                    all of that put together: one frame of text, with notes
    values                    text columns turned into typed ones
    chunks                    huge text files, piece by piece

No Django here, no register, no rule: only what the file says.
"""
