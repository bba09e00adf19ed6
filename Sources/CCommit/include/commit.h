#ifndef HALFTERM_COMMIT_H
#define HALFTERM_COMMIT_H
// The commit that the program was built from, or "unknown". Package.swift takes it from the environment as HALFTERM_COMMIT.
const char *halfterm_commit(void);
#endif
