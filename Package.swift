// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The commit a build is of, as Scripts/sample gives it; what is no name of one does not get into the program.
let commit = Context.environment["HALFTERM_COMMIT"] ?? ""
let isCommit = !commit.isEmpty && commit.allSatisfy { $0.isHexDigit || "-dirty".contains($0) }

let package = Package(
  name: "halfterm",
  products: [.executable(name: "halfterm", targets: ["halfterm"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-algorithms", from: "1.2.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.0.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CFileSystem"),
    .target(
      name: "CCommit",
      cSettings: [.define("HALFTERM_COMMIT", to: "\"\(isCommit ? commit : "unknown")\"")]),
    .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CCMark", providers: [.apt(["libcmark-dev"])]),
    .target(name: "Registers", swiftSettings: strict),
    .target(name: "Tabular", dependencies: ["CZip", "CExpat"], swiftSettings: strict),
    .target(name: "Exports", dependencies: ["Registers", "Tabular"], swiftSettings: strict),
    .target(name: "StrictYAML", dependencies: ["Registers", "Yams"], swiftSettings: strict),
    .target(
      name: "Policies",
      dependencies: ["Registers", "StrictYAML"],
      resources: [
        .embedInCode("dfe-2024.yaml"),
        .embedInCode("music-stuff-education.yaml"),
        .embedInCode("mason-moor-primary.yaml"),
        .embedInCode("bramhall-high.yaml"),
        .embedInCode("beckfoot-trust.yaml"),
        .embedInCode("st-albans-mat.yaml"),
      ],
      swiftSettings: strict),
    .target(name: "Measures", dependencies: ["Registers", "Policies"], swiftSettings: strict),
    .target(
      name: "Comparators",
      dependencies: [
        "Registers", "Measures", "Tabular",
        .product(name: "OrderedCollections", package: "swift-collections"),
      ],
      swiftSettings: strict),
    .target(name: "Release", dependencies: ["Registers", "Policies", "Measures"], swiftSettings: strict),
    .target(name: "ReportModel", dependencies: ["Registers"], swiftSettings: strict),
    .target(
      name: "BoardReports",
      dependencies: ["Registers", "Release", "Comparators", "ReportModel"], swiftSettings: strict),
    .target(
      name: "StaffReports",
      dependencies: ["Registers", "Policies", "Measures", "ReportModel"], swiftSettings: strict),
    .target(
      name: "DataFiles", dependencies: ["Registers", "Measures", "Release", "ReportModel"],
      swiftSettings: strict),
    .target(name: "Commentary", dependencies: ["ReportModel", "CCMark"], swiftSettings: strict),
    .target(
      name: "Workbooks",
      dependencies: [
        "Registers", "ReportModel", "Tabular", "CXLSXWriter",
        .product(name: "OrderedCollections", package: "swift-collections"),
      ], swiftSettings: strict),
    .target(
      name: "Templates",
      path: "Templates",
      resources: [
        .embedInCode("pack.mustache"),
        .embedInCode("index.mustache"),
        .embedInCode("table.mustache"), .embedInCode("section.mustache"), .embedInCode("card.mustache"),
        .embedInCode("chart.mustache"),
        .embedInCode("style.css"),
        .embedInCode("letter-page.mustache"),
        .embedInCode("letter-head.mustache"),
        .embedInCode("letter-figures.mustache"),
        .embedInCode("letter-rule.mustache"),
        .embedInCode("letter-close.mustache"),
        .embedInCode("letter-style.css"),
        .embedInCode("letters/attendance-letter.mustache"),
        .embedInCode("letters/meeting.mustache"),
        .embedInCode("letters/referral.mustache"),
      ],
      swiftSettings: strict),
    .target(
      name: "Pages",
      dependencies: [
        "Registers", "ReportModel", "Templates",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      swiftSettings: strict),
    .target(name: "Samples", dependencies: ["Registers", "CXLSXWriter"], swiftSettings: strict),
    .target(
      name: "Packs",
      dependencies: [
        "Registers", "Tabular", "Exports", "StrictYAML", "Policies", "Measures", "Comparators", "Release",
        "ReportModel", "BoardReports", "StaffReports", "DataFiles", "Commentary", "Workbooks", "Pages",
        "CFileSystem",
        "CCommit", "CCrypto",
        .product(name: "Algorithms", package: "swift-algorithms"),
        .product(name: "OrderedCollections", package: "swift-collections"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "halfterm",
      dependencies: [
        "Registers", "Policies", "Packs", "Workbooks", "Samples",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Registers", "Policies", "Measures"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .executableTarget(
      name: "Memory",
      dependencies: [
        "Registers", "Tabular", "Exports", "Policies", "Measures", "ReportModel", "StaffReports", "Workbooks",
        "Pages",
      ],
      path: "Tests/Memory", exclude: ["swift-runtime.supp"], swiftSettings: strict),
    .testTarget(
      name: "RegistersTests", dependencies: ["Registers", "TestSupport"],
      resources: [.embedInCode("codes.csv")], swiftSettings: strict),
    .testTarget(
      name: "WorkbooksTests",
      dependencies: [
        "Workbooks", "StaffReports", "ReportModel", "Measures", "Policies", "Registers",
        "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ExportsTests",
      dependencies: ["Exports", "Tabular", "Registers", "TestSupport", "TabularTestSupport"],
      swiftSettings: strict),
    .target(
      name: "TabularTestSupport", dependencies: ["Tabular", "TestSupport"],
      path: "Tests/TabularTests/Support",
      swiftSettings: strict),
    .testTarget(
      name: "TabularTests", dependencies: ["Tabular", "TestSupport", "TabularTestSupport"],
      exclude: ["Support"], swiftSettings: strict),
    .testTarget(
      name: "PoliciesTests", dependencies: ["Policies", "Registers", "StrictYAML"], swiftSettings: strict),
    .testTarget(
      name: "MeasuresTests", dependencies: ["Measures", "Policies", "Registers", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ComparatorsTests",
      dependencies: ["Comparators", "Tabular", "Measures", "Policies", "Registers", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ReleaseTests", dependencies: ["Release", "Measures", "Policies", "Registers", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "BoardReportsTests",
      dependencies: [
        "BoardReports", "StaffReports", "DataFiles", "Release", "ReportModel", "Comparators", "Measures",
        "Policies", "Registers", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "StaffReportsTests",
      dependencies: ["StaffReports", "ReportModel", "Measures", "Policies", "Registers", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "CommentaryTests", dependencies: ["Commentary", "ReportModel"], swiftSettings: strict),
    .testTarget(
      name: "PagesTests",
      dependencies: [
        "Pages", "Templates", "StaffReports", "BoardReports", "ReportModel", "Measures", "Policies",
        "Registers",
        "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "HalftermTests",
      dependencies: [
        "halfterm", "Packs", "Registers", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SamplesTests", dependencies: ["Samples", "Registers", "TestSupport"], swiftSettings: strict),
  ]
)
