/* SPDX-License-Identifier: MIT */
/*
 * Gives a fuzz target the files of its corpus, or those that are named. The
 * program's own name, fuzz_NAME, says which corpus.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "base/buf.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
feed(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL) {
		perror(path);
		exit(1);
	}
	struct arena *arena = arena_new();
	struct buf buf = buf_new(arena);
	char part[4096];
	for (size_t len; (len = fread(part, 1, sizeof(part), file)) > 0;) {
		buf_add(&buf, (struct str){ part, len });
	}
	fclose(file);
	/* A copy of just this length: what reads beyond it is seen. */
	uint8_t *data = malloc(buf.len + (buf.len == 0));
	if (data != NULL && buf.len > 0) {
		memcpy(data, buf.at, buf.len);
	}
	(void)LLVMFuzzerTestOneInput(data, buf.len);
	free(data);
	arena_free(&arena);
}

static unsigned
feed_folder(const char *folder)
{
	char path[4096];
	unsigned count = 0;
	DIR *open = opendir(folder);
	if (open == NULL) {
		perror(folder);
		exit(1);
	}
	for (struct dirent *one; (one = readdir(open)) != NULL;) {
		if (*one->d_name != '.') {
			snprintf(
			    path, sizeof(path), "%s/%s", folder, one->d_name);
			feed(path);
			count++;
		}
	}
	closedir(open);
	return count;
}

int
main(int argc, char **argv)
{
	if (argc > 1) {
		for (int i = 1; i < argc; i++) {
			feed(argv[i]);
		}
		return 0;
	}
	const char *name = strstr(argv[0], "fuzz_");
	char folder[3072];
	if (name == NULL) {
		return 1;
	}
	snprintf(folder, sizeof(folder), "%s/fixtures/corpus/%s", SOURCE_DIR,
	    name + strlen("fuzz_"));
	const unsigned count = feed_folder(folder);
	printf("%u passed, 0 failed\n", count);
	return count == 0;
}
