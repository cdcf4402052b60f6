import HTTPTypes
import Hummingbird
import NIOCore

/// The pages of a listener.
struct PageRoutes {
  let pages: PageFolder
  /// Folders under Kiosk/ that this listener serves.
  let folders: [String]
  /// The target of `/`.
  let home: String

  func add(to router: Router<HallContext>) {
    router.get("/") { _, _ in Response(status: .seeOther, headers: [.location: home]) }
    router.get("favicon.ico") { _, _ in Response(status: .noContent) }
    for folder in folders {
      router.get(RouterPath(folder)) { request, _ in try answer(request) }
      router.get(RouterPath("\(folder)/**")) { request, _ in try answer(request) }
    }
  }

  private func answer(_ request: Request) throws(Problem) -> Response {
    let path = request.uri.path
    if pages.isFolder(path) { return Response(status: .movedPermanently, headers: [.location: path + "/"]) }
    guard let file = pages.file(path) else { throw .notFound }
    var headers: HTTPFields = [.eTag: file.tag, .cacheControl: "no-cache"]
    if request.headers[.ifNoneMatch] == file.tag { return Response(status: .notModified, headers: headers) }
    headers[.contentType] = file.type
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
  }
}
