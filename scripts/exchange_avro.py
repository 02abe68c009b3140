"""Reads each container file of a folder with fastavro, re-encodes its data and writes it again to another folder in another codec.

The data must come out as the same bytes: fastavro writes a union's branch by what it finds, so that it is told the branch by a tuple where it could err.
"""
import os
import sys

import fastavro

CODECS = ["null", "deflate", "snappy", "xz", "zstandard"]


def main(source, target):
    files = 0
    data = 0
    for number, name in enumerate(sorted(os.listdir(source))):
        with open(os.path.join(source, name), "rb") as file:
            reader = fastavro.reader(file, return_record_name=True, return_named_type=False, handle_unicode_errors="strict")
            schema = reader.writer_schema
            records = list(reader)
        with open(os.path.join(target, name), "wb") as file:
            fastavro.writer(file, schema, records, codec=CODECS[number % len(CODECS)])
        files += 1
        data += len(records)
    print(f"fastavro read and wrote {data} data in {files} files")


main(*sys.argv[1:])
