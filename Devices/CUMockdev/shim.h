#pragma once
#include <linux/usbdevice_fs.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <umockdev.h>

/* What Swift's importer cannot see: macros with arguments, signals of GObject. */

typedef gboolean (*yichuang_ioctl_call)(UMockdevIoctlBase *, UMockdevIoctlClient *, gpointer);
typedef void (*yichuang_client_call)(UMockdevIoctlBase *, UMockdevIoctlClient *, gpointer);
typedef void (*yichuang_notify_call)(GObject *, GParamSpec *, gpointer);

static inline void yichuang_on_ioctl(UMockdevIoctlBase *base, yichuang_ioctl_call call, gpointer user) {
  g_signal_connect(base, "handle-ioctl", G_CALLBACK(call), user);
}
static inline void yichuang_on_client(UMockdevIoctlBase *base, yichuang_client_call call, gpointer user) {
  g_signal_connect(base, "client-connected", G_CALLBACK(call), user);
}
static inline void yichuang_on_connected(UMockdevIoctlClient *client, yichuang_notify_call call, gpointer user) {
  g_signal_connect(client, "notify::connected", G_CALLBACK(call), user);
}
static inline unsigned long yichuang_ioctl_size(unsigned long request) { return _IOC_SIZE(request); }

static const unsigned long YICHUANG_GET_CAPABILITIES = USBDEVFS_GET_CAPABILITIES;
static const unsigned long YICHUANG_GETDRIVER = USBDEVFS_GETDRIVER;
static const unsigned long YICHUANG_IOCTL = USBDEVFS_IOCTL;
static const unsigned long YICHUANG_DISCONNECT = USBDEVFS_DISCONNECT;
static const unsigned long YICHUANG_CONNECT = USBDEVFS_CONNECT;
static const unsigned long YICHUANG_DISCONNECT_CLAIM = USBDEVFS_DISCONNECT_CLAIM;
static const unsigned long YICHUANG_CLAIM = USBDEVFS_CLAIMINTERFACE;
static const unsigned long YICHUANG_RELEASE = USBDEVFS_RELEASEINTERFACE;
static const unsigned long YICHUANG_SETINTERFACE = USBDEVFS_SETINTERFACE;
static const unsigned long YICHUANG_SETCONFIGURATION = USBDEVFS_SETCONFIGURATION;
static const unsigned long YICHUANG_RESET = USBDEVFS_RESET;
static const unsigned long YICHUANG_CLEAR_HALT = USBDEVFS_CLEAR_HALT;
static const unsigned long YICHUANG_SUBMITURB = USBDEVFS_SUBMITURB;
static const unsigned long YICHUANG_DISCARDURB = USBDEVFS_DISCARDURB;
static const unsigned long YICHUANG_REAPURB = USBDEVFS_REAPURB;
static const unsigned long YICHUANG_REAPURBNDELAY = USBDEVFS_REAPURBNDELAY;
static const unsigned int YICHUANG_CAPABILITIES =
    USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_BULK_CONTINUATION | USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
    USBDEVFS_CAP_BULK_SCATTER_GATHER | USBDEVFS_CAP_REAP_AFTER_DISCONNECT;
static const unsigned char YICHUANG_URB_CONTROL = USBDEVFS_URB_TYPE_CONTROL;
static const unsigned int YICHUANG_EXCEPT_DRIVER = USBDEVFS_DISCONNECT_CLAIM_EXCEPT_DRIVER;

/* A testbed's device; the arrays end with NULL. 0 when it could not be added. */
static inline int yichuang_add_device(UMockdevTestbed *bed, const char *name, char **attributes, char **properties) {
  char *path = umockdev_testbed_add_devicev(bed, "usb", name, NULL, attributes, properties);
  if (!path) return 0;
  g_free(path);
  return 1;
}
