/* SPDX-License-Identifier: MIT */
/* Times as master files write them: RFC 1035 5.1, RFC 2181 8 (the range). */
#include "dns/ttl.h"

#include <stddef.h>

bool
ttl_read(struct str word, uint32_t *ret)
{
	static const char units[] = "smhdw";
	static const uint32_t seconds[] = { 1, 60, 3600, 86400, 604800 };
	uint64_t total = 0;
	if (word.len == 0) {
		return false;
	}
	while (word.len > 0) {
		size_t digits = 0;
		unsigned long number = 0;
		while (digits < word.len && char_is_digit(word.at[digits])) {
			digits++;
		}
		if (!str_number(
			str_slice(word, 0, digits), INT32_MAX, &number)) {
			return false;
		}
		word = str_from(word, digits);
		size_t unit = 0;
		while (word.len > 0 && units[unit] != '\0' &&
		       units[unit] != char_lower(word.at[0])) {
			unit++;
		}
		if (units[unit] == '\0') {
			return false;
		}
		word = str_from(word, 1);
		total += (uint64_t)number * seconds[unit];
		if (total > INT32_MAX) {
			return false;
		}
	}
	*ret = (uint32_t)total;
	return true;
}
