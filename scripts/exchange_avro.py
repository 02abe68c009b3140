"""Reads each container file of ours with fastavro and writes its data again, in another codec and resolved to another schema.

exchange_avro.py FOLDER: ours/N.avro and readers/N.avsc become theirs/N.avro, which must have the same data, and resolved/N.avro, the data as
the reader's schema has them. There are no unions in what is written, because fastavro chooses a branch by the value.
"""
import json
import os
import sys

import fastavro

CODECS = ["null", "deflate", "snappy", "xz", "zstandard"]


def main(folder):
    files = 0
    data = 0
    for number, name in enumerate(sorted(os.listdir(f"{folder}/ours"))):
        with open(f"{folder}/ours/{name}", "rb") as file:
            reader = fastavro.reader(file, handle_unicode_errors="strict")
            schema = reader.writer_schema
            records = list(reader)
        with open(f"{folder}/theirs/{name}", "wb") as file:
            fastavro.writer(file, schema, records, codec=CODECS[number % len(CODECS)])
        with open(f"{folder}/readers/{name.removesuffix('.avro')}.avsc") as file:
            wanted = json.load(file)
        with open(f"{folder}/ours/{name}", "rb") as file:
            resolved = list(fastavro.reader(file, reader_schema=wanted, handle_unicode_errors="strict"))
        with open(f"{folder}/resolved/{name}", "wb") as file:
            fastavro.writer(file, wanted, resolved, codec="null")
        files += 1
        data += len(records)
    print(f"fastavro read, wrote and resolved {data} data in {files} files")


main(*sys.argv[1:])
