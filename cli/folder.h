/*
 * folder.h - the files below a folder that may be mapping files.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_FOLDER_H
#define SIPCAUSE_FOLDER_H

typedef void folder_receiver(void *context, const char *path);

/* Hands on the path of every file below a folder that ends in .yaml, .yml or .json, in the order of the paths' bytes.
 * What begins with a dot is passed over, and so are symbolic links to folders: there are no circles, and no file comes
 * twice. Of the links to files all are handed on, those that lead nowhere too. Returns EXIT_DONE, or EXIT_FILE when a
 * folder cannot be read; that is said then, and the others are read. */
int folder_walk(const char *path, folder_receiver *receiver, void *context);

#endif
