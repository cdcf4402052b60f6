#pragma once
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/netlink.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What Swift's importer cannot see: macros with arguments, and functions of variable length. */

static inline uint32_t yichuang_errno_action(void) { return SCMP_ACT_ERRNO(EPERM); }
static inline uint32_t yichuang_allow_action(void) { return SCMP_ACT_ALLOW; }

static inline int yichuang_allow(scmp_filter_ctx filter, const char *name) {
  int number = seccomp_syscall_resolve_name(name);
  if (number == __NR_SCMP_ERROR) return 0; /* not known to this library: nobody can call it by that name */
  return seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0);
}

/* Only threads, never processes. */
static inline int yichuang_allow_threads(scmp_filter_ctx filter) {
  int result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                                SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
  /* The flags of clone3 lie in memory, where no filter sees them; glibc then takes clone. */
  return result ? result : seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

/* The kernel's messages about devices that come and go (udev's monitor), and no other socket. */
static inline int yichuang_allow_uevents(scmp_filter_ctx filter) {
  return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2, SCMP_A0(SCMP_CMP_EQ, AF_NETLINK),
                          SCMP_A2(SCMP_CMP_EQ, NETLINK_KOBJECT_UEVENT));
}

static inline int yichuang_allow_local_sockets(scmp_filter_ctx filter) {
  return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_EQ, AF_UNIX));
}

/* The version of Landlock that the kernel has; less than 1 when it has none. */
static inline int yichuang_landlock_version(void) {
  return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static inline int yichuang_landlock_create(uint64_t handled) {
  struct landlock_ruleset_attr attributes = {.handled_access_fs = handled};
  return (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
}

static inline int yichuang_landlock_allow(int rules, const char *path, uint64_t access) {
  /* The call itself, so that nothing between us and the kernel takes the path for another one. */
  int folder = (int)syscall(SYS_openat, AT_FDCWD, path, __O_PATH | O_CLOEXEC);
  if (folder < 0) return errno == ENOENT ? 0 : -1;
  struct landlock_path_beneath_attr beneath = {.allowed_access = access, .parent_fd = folder};
  int result = (int)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
  close(folder);
  return result;
}

static inline int yichuang_landlock_restrict(int rules) { return (int)syscall(SYS_landlock_restrict_self, rules, 0); }

static inline int yichuang_forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }
static inline int yichuang_gain_nothing(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }
static inline int yichuang_die_with_parent(int signal) { return prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0); }
