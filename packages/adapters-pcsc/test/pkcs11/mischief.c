/*
 * A PKCS#11 module that does wrong on purpose: MISCHIEF says what, and when. Compiled by mischief.ts.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long ulong;
typedef struct {
  unsigned char major, minor;
  void *calls[68];
} function_list;

static int is(const char *name) {
  const char *value = getenv("MISCHIEF");
  return value != NULL && strcmp(value, name) == 0;
}

static ulong initialize(void *arguments) {
  if (is("hang at start")) for (;;) pause();
  return is("refuse") ? 0x5 : 0;
}

static ulong finalize(void *reserved) {
  if (is("keep")) return 0x5;
  if (is("hang at the end")) for (;;) pause();
  return 0;
}

static ulong slot_list(unsigned char present, ulong *list, ulong *count) {
  if (is("crash")) *(volatile int *)0 = 1;
  if (is("exit")) _exit(0);
  if (is("hang")) for (;;) pause();
  *count = 0;
  return 0;
}

static ulong unsupported(void) { return 0x54; }

static function_list functions;

ulong C_GetFunctionList(function_list **list) {
  functions.major = 2;
  functions.minor = 40;
  for (int i = 0; i < 68; i++) functions.calls[i] = (void *)unsupported;
  functions.calls[0] = (void *)initialize;
  functions.calls[1] = (void *)finalize;
  functions.calls[4] = (void *)slot_list;
  *list = &functions;
  return 0;
}
