import Foundation
import Testing

@testable import Ports

/// Goal: a hall that was started while its machine was read-only sees when the machine takes writes again, although its own
/// mounts do not.
@Suite struct FolderMountTests {
  private static let mounts = """
    21 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda ro,errors=remount-ro
    36 21 254:1 /var/lib/yichuang /var/lib/yichuang ro,noatime master:1 propagate_from:2 - ext4 /dev/vda rw,ro_not_really
    37 21 0:9 / /proc rw - proc proc rw
    38 21 0:9
    """

  @Test("what a mount may and what its file system takes are told apart")
  func read() {
    #expect(FolderMount(id: "21", in: Self.mounts) == FolderMount(isMountReadOnly: false, isFileSystemReadOnly: true))
    #expect(FolderMount(id: "36", in: Self.mounts) == FolderMount(isMountReadOnly: true, isFileSystemReadOnly: false))
    #expect(FolderMount(id: "37", in: Self.mounts) == FolderMount(isMountReadOnly: false, isFileSystemReadOnly: false))
    #expect(FolderMount(id: "38", in: Self.mounts) == nil && FolderMount(id: "3", in: Self.mounts) == nil)
  }

  @Test("only a file system that was read-only and is not any more asks for new mounts")
  func mended() {
    let broken = FolderMount(isMountReadOnly: true, isFileSystemReadOnly: true)
    let mended = FolderMount(isMountReadOnly: true, isFileSystemReadOnly: false)
    let whole = FolderMount(isMountReadOnly: false, isFileSystemReadOnly: false)
    #expect(broken.isMended(by: mended))
    #expect(!broken.isMended(by: broken) && !broken.isMended(by: nil))
    // A folder that somebody mounted read-only on purpose would have it start again and again.
    #expect(!mended.isMended(by: mended) && !whole.isMended(by: whole))
    // The process itself can write: `StateFolder.takesFiles` says so.
    #expect(!broken.isMended(by: whole))
  }

  @Test("the kernel says how this folder is mounted")
  func here() {
    #expect(FolderMount(of: FileManager.default.temporaryDirectory.path)?.isMountReadOnly == false)
    #expect(FolderMount(of: "/nowhere") == nil)
  }
}
