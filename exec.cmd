@rem package.json runs its scripts by exec, so that npm's signals reach them and not a shell that dies and leaves them
@rem running. The shell npm uses on Windows has no exec: this file stands in for it.
@%*
