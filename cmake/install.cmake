# Written by a helper later
