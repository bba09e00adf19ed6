/// Transforms elements concurrently, at most `jobs` at a time, and returns the results in the order of the elements.
///
/// After the first failure no further transformation begins, and those that are running finish. Because
/// transformations begin in the order of the elements, the error that is thrown does not depend on timing. The same
/// holds when the calling task is cancelled.
///
/// An element is released as soon as its transformation ends, if the caller does not keep it.
///
/// - Throws: The error of the first element, in the order of the elements, whose transformation failed, or
///   `CancellationError`.
func concurrentMap<Element: Sendable, Output: Sendable>(
  _ elements: consuming [Element], jobs: Int,
  _ transform: @escaping @Sendable (Element) async throws -> Output
) async throws -> [Output] {
  var waiting = Array(elements.enumerated().reversed())
  elements = []
  var outputs = [Output?](repeating: nil, count: waiting.count)
  var firstFailure: (index: Int, error: any Error)?
  await withTaskGroup(of: (index: Int, result: Result<Output, any Error>).self) { group in
    func startNext() {
      guard firstFailure == nil, !Task.isCancelled, let (index, element) = waiting.popLast() else { return }
      group.addTask {
        do { return (index, .success(try await transform(element))) } catch {
          return (index, .failure(error))
        }
      }
    }
    for _ in 0..<min(max(1, jobs), waiting.count) { startNext() }
    while let (index, result) = await group.next() {
      switch result {
      case .success(let output): outputs[index] = output
      case .failure(let error):
        if firstFailure.map({ index < $0.index }) ?? true { firstFailure = (index, error) }
      }
      startNext()
    }
  }
  if let firstFailure { throw firstFailure.error }
  if !waiting.isEmpty { throw CancellationError() }
  return outputs.compactMap(\.self)
}
