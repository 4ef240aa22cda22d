#!/usr/bin/env python3
"""The first inputs of the fuzz targets of io: small sound and broken files in tests/fuzz/corpus/NAME. Needs Python alone."""
import gzip
import io
import json
import os
import struct
import zipfile
import zlib

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "fuzz", "corpus")


def put(target, name, data):
    folder = os.path.join(FOLDER, target)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as f:
        f.write(data)


# ---- IDX
def idx(code, sizes, data):
    return bytes([0, 0, code, len(sizes)]) + b"".join(struct.pack(">I", s) for s in sizes) + data


small = idx(8, [2, 2, 3], bytes(range(12)))
put("idx", "pictures", small)
put("idx", "packed", gzip.compress(small, mtime=0))
put("idx", "two-members", gzip.compress(small[:9], mtime=0) + gzip.compress(small[9:], mtime=0))
put("idx", "labels", idx(8, [3], b"\1\2\3"))
put("idx", "shorts", idx(11, [2], b"\1\2\3\4"))
put("idx", "doubles", idx(14, [1], struct.pack(">d", 2.5)))
put("idx", "empty-axis", idx(8, [0, 28], b""))
put("idx", "huge", idx(14, [0xFFFFFFFF, 0xFFFF], b""))
put("idx", "huge-packed", gzip.compress(idx(8, [0x7FFFFFFF], b""), mtime=0))


# ---- safetensors
def safetensors(header, data=b""):
    text = header if isinstance(header, bytes) else json.dumps(header, separators=(",", ":")).encode()
    return struct.pack("<Q", len(text)) + text + data


def entry(dtype, shape, begin, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


put("safetensors", "one", safetensors({"w": entry("F32", [2], 0, 8)}, bytes(8)))
put("safetensors", "several", safetensors({"__metadata__": {"format": "pt"}, "a": entry("I64", [1], 0, 8), "b": entry("BF16", [2, 1], 8, 12), "c": entry("BOOL", [2], 12, 14),
                                           "d": entry("U16", [1], 14, 16), "e": entry("F64", [0, 3], 16, 16)}, bytes(16)))
put("safetensors", "none", safetensors(b"{}      "))
put("safetensors", "spaces", safetensors(b'  {"w":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}  ', b"\1"))
put("safetensors", "hole", safetensors({"a": entry("U8", [1], 0, 1), "b": entry("U8", [1], 2, 3)}, bytes(3)))
put("safetensors", "overlap", safetensors({"a": entry("U8", [2], 0, 2), "b": entry("U8", [2], 1, 3)}, bytes(3)))
put("safetensors", "overflow", safetensors({"a": entry("F64", [1 << 62, 4], 0, 0)}))
put("safetensors", "duplicate", safetensors(b'{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', b"\0"))
put("safetensors", "long-header", struct.pack("<Q", 1 << 63))


# ---- npy, npz
def npy(descr, shape, data, order=False, version=1):
    text = f"{{'descr': {descr!r}, 'fortran_order': {order}, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack("<H" if version == 1 else "<I", len(text)) + text + data


def npz(files, method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for name, data in files.items():
            z.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


put("npy", "floats", npy("<f4", (2, 3), bytes(24)))
put("npy", "fortran", npy("<f8", (2, 2), bytes(32), True))
put("npy", "big", npy(">i2", (3,), b"\0\1\0\2\0\3"))
put("npy", "scalar", npy("|b1", (), b"\1"))
put("npy", "version-3", npy("<u4", (1,), b"\1\2\3\4", version=3))
put("npy", "objects", npy("|O", (1,), b"\x80\x04N."))
put("npy", "records", npy([("a", "<f4")], (1,), bytes(4)))
put("npy", "archive", npz({"x.npy": npy("<f4", (1,), bytes(4)), "y.npy": npy("|u1", (5,), bytes(5))}, zipfile.ZIP_STORED))
put("npy", "archive-packed", npz({"x.npy": npy("<f4", (100,), bytes(400))}, zipfile.ZIP_DEFLATED))
put("npy", "archive-empty", npz({}, zipfile.ZIP_STORED))

# ---- CSV
put("csv", "numbers", b"a,b\n1,2\n3.5,-4e2\n")
put("csv", "words", b"name,colour\n\"x, y\",red\n\"a \"\"b\"\"\",blue\n")
put("csv", "missing", b"a,b,c\r\n1,,NA\r\n?,2,x\r\n")
put("csv", "mark", b"\xef\xbb\xbfa\n1\n")
put("csv", "lines", b"a,b\n\"two\nlines\",1\n")
put("csv", "ragged", b"a,b\n1\n")
put("csv", "open-quote", b"a\n\"1\n")
put("csv", "binary", b"a,b\n\0\1,\xff\n")


# ---- pictures
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, colour, rows, extra=b"", interlaced=0):
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)) + extra
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


put("image", "grey", png(2, 2, 8, 0, b"\0\1\2\0\3\4"))
put("image", "grey-16", png(1, 1, 16, 0, b"\0\1\2"))
put("image", "grey-1", png(8, 1, 1, 0, b"\0\xa5"))
put("image", "rgb", png(1, 2, 8, 2, b"\0abc\0def"))
put("image", "rgba", png(1, 1, 8, 6, b"\0abc\x80"))
put("image", "palette", png(4, 1, 2, 3, b"\0\x1b", chunk(b"PLTE", bytes(range(12))) + chunk(b"tRNS", b"\0\xff")))
put("image", "interlaced", png(1, 1, 8, 0, b"\0\7", b"", 1))
put("image", "rgba-16", png(1, 1, 16, 6, b"\0abcdefgh"))
put("image", "turned", png(2, 1, 8, 0, b"\0\1\2", chunk(b"eXIf", b"II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0")))
put("image", "huge", png(30000, 30000, 8, 6, b"\0"))
put("image", "pgm", b"P5 2 1 255\nab")
put("image", "pgm-plain", b"P2 # grey\n2 1\n15\n0 15\n")
put("image", "ppm", b"P6 1 1 65535\nabcdef")
put("image", "jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF")
