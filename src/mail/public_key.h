/* SPDX-License-Identifier: MIT */
/*
 * Public keys, as libcrypto reads them; nobody else knows that library.
 */
#ifndef MAIL_PUBLIC_KEY_H
#define MAIL_PUBLIC_KEY_H

#include "base/str.h"

#include <stdbool.h>

enum {
	ED25519_OCTETS = 32, /* RFC 8463 4.2 */
};

/**
 * The length of the modulus of an RSA key in bits; 0 if *der* is none. It
 * may be a SubjectPublicKeyInfo, which all use, or an RSAPublicKey, which
 * RFC 6376 3.6.1 says.
 */
unsigned rsa_key_bits(struct str der);

/** True if *octets* are an ed25519 key. */
bool is_ed25519_key(struct str octets);

/** True if *der* ends before the length that it states itself. */
bool der_is_cut(struct str der);

#endif
