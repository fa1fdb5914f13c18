// MQL4 (MetaTrader 4, build 600 or later, strict) for the subset that generated contracts use, as C++17.
//
// What goes in: C++ printed from MQL4 text by the front end. What it is for: running that text without MetaTrader.
// What is not defined here does not compile, and that is meant: it is not in the subset either.
#ifndef CONTRACTS_MQL4_HPP
#define CONTRACTS_MQL4_HPP

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

// ---- Integers -------------------------------------------------------------------------------------------------------
// MQL4 fixes their sizes; the platform must have the same ones. `char` is signed: compile with -fsigned-char.

static_assert(sizeof(short) == 2 && sizeof(int) == 4 && sizeof(long) == 8, "MQL4 has short 16, int 32, long 64 bits");
static_assert(static_cast<char>(-1) < 0, "MQL4 has a signed char: compile with -fsigned-char");

typedef unsigned char uchar;
typedef unsigned short ushort;
typedef unsigned int uint;
typedef unsigned long ulong;

#undef UINT_MAX
#undef LONG_MAX
#undef LONG_MIN
#undef ULONG_MAX
constexpr uint UINT_MAX = 4294967295u;
constexpr long LONG_MAX = 9223372036854775807l;
constexpr long LONG_MIN = -LONG_MAX - 1;
constexpr ulong ULONG_MAX = 18446744073709551615ul;

// A fault that ends an MQL4 program, such as an array overrun, ends ours.
[[noreturn]] inline void mql_critical(const char* what) {
    std::fprintf(stderr, "MQL4 critical error: %s\n", what);
    std::abort();
}

// ---- datetime -------------------------------------------------------------------------------------------------------
// Whole seconds since 1970-01-01, a type of its own. An integer becomes one freely; the way back takes a cast.

struct datetime {
    long seconds;

    datetime() = default;
    constexpr datetime(long value) : seconds(value) {}
    explicit constexpr operator long() const { return seconds; }

    friend constexpr bool operator==(datetime a, datetime b) { return a.seconds == b.seconds; }
    friend constexpr bool operator!=(datetime a, datetime b) { return a.seconds != b.seconds; }
    friend constexpr bool operator<(datetime a, datetime b) { return a.seconds < b.seconds; }
    friend constexpr bool operator>(datetime a, datetime b) { return a.seconds > b.seconds; }
    friend constexpr bool operator<=(datetime a, datetime b) { return a.seconds <= b.seconds; }
    friend constexpr bool operator>=(datetime a, datetime b) { return a.seconds >= b.seconds; }
};

// ---- string ---------------------------------------------------------------------------------------------------------
// UTF-16 units up to the first zero, which no string can hold; copied by value; empty at birth, even as a local.
// Nothing but a string becomes one: no number, no character, no pointer.

class string {
public:
    struct Literal {
        const char16_t* units;
        std::size_t length;
    };

    string() = default;
    string(Literal literal) : string(std::u16string(literal.units, literal.length)) {}
    explicit string(std::u16string units) : units_(std::move(units)) {
        const std::size_t zero = units_.find(u'\0');
        if (zero != std::u16string::npos) units_.resize(zero);
    }
    string(int) = delete;
    string(long) = delete;
    string(double) = delete;
    string(const char*) = delete;
    string(std::nullptr_t) = delete;

    const std::u16string& units() const { return units_; }
    int length() const { return static_cast<int>(units_.size()); }

    string& operator+=(const string& other) {
        units_ += other.units_;
        return *this;
    }
    friend string operator+(string a, const string& b) { return a += b; }
    friend bool operator==(const string& a, const string& b) { return a.units_ == b.units_; }
    friend bool operator!=(const string& a, const string& b) { return a.units_ != b.units_; }

private:
    std::u16string units_;
};

// A literal of the MQL4 text, as the front end prints it.
#define MQL_S(text) string(string::Literal{u"" text, sizeof(u"" text) / sizeof(char16_t) - 1})

// ---- Arrays ---------------------------------------------------------------------------------------------------------
// Every index is checked. Arrays are neither copied nor assigned. Fresh numbers hold garbage, as in strict MQL4:
// a program that reads one unset shows it.

template <class T>
void mql_garbage(T& element) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_same_v<T, datetime>)
        std::memset(static_cast<void*>(&element), 0xCD, sizeof element);
    else
        static_cast<void>(element);
}

// `T name[];`. Objects stay where they are when the array grows, so an array may hold objects of the class it is in.
template <class T>
class MqlArray {
    static constexpr bool is_object = std::is_class_v<T> && !std::is_same_v<T, string> && !std::is_same_v<T, datetime>;
    // No `bool&` points into a `std::vector<bool>`.
    struct Plain {
        T value;
    };
    using Cell = std::conditional_t<is_object, std::unique_ptr<T>, Plain>;

public:
    MqlArray() = default;
    MqlArray(const MqlArray&) = delete;
    MqlArray& operator=(const MqlArray&) = delete;

    T& operator[](long index) { return element(cells_[checked(index)]); }
    const T& operator[](long index) const { return element(cells_[checked(index)]); }
    int size() const { return static_cast<int>(cells_.size()); }

    // The new size, or -1.
    int resize(int size, int reserve) {
        if (size < 0) return -1;
        const std::size_t wanted = static_cast<std::size_t>(size);
        const std::size_t before = cells_.size();
        if (wanted > cells_.capacity() && reserve > 0) cells_.reserve(wanted + static_cast<std::size_t>(reserve));
        cells_.resize(wanted);
        for (std::size_t i = before; i < wanted; i++) create(cells_[i]);
        return size;
    }

private:
    std::size_t checked(long index) const {
        if (index < 0 || static_cast<std::size_t>(index) >= cells_.size()) mql_critical("array out of range");
        return static_cast<std::size_t>(index);
    }
    static T& element(Plain& cell) { return cell.value; }
    static const T& element(const Plain& cell) { return cell.value; }
    static T& element(std::unique_ptr<T>& cell) { return *cell; }
    static const T& element(const std::unique_ptr<T>& cell) { return *cell; }
    static void create(Plain& cell) { mql_garbage(cell.value); }
    static void create(std::unique_ptr<T>& cell) { cell = std::make_unique<T>(); }

    std::vector<Cell> cells_;
};

// `T name[N];`
template <class T, int N>
class MqlFixed {
public:
    MqlFixed() {
        for (T& element : elements_) mql_garbage(element);
    }
    MqlFixed(const MqlFixed&) = delete;
    MqlFixed& operator=(const MqlFixed&) = delete;

    T& operator[](long index) { return elements_[checked(index)]; }
    const T& operator[](long index) const { return elements_[checked(index)]; }
    int size() const { return N; }

private:
    static long checked(long index) {
        if (index < 0 || index >= N) mql_critical("array out of range");
        return index;
    }

    T elements_[N];
};

// ---- The built-in functions the runtime rests on --------------------------------------------------------------------

template <class A>
int ArraySize(const A& array) {
    return array.size();
}

template <class T>
int ArrayResize(MqlArray<T>& array, int size, int reserve = 0) {
    return array.resize(size, reserve);
}

inline int StringLen(const string& text) { return text.length(); }

// The unit at a position, 0 outside the text.
inline ushort StringGetCharacter(const string& text, int position) {
    if (position < 0 || position >= text.length()) return 0;
    return static_cast<ushort>(text.units()[static_cast<std::size_t>(position)]);
}

// A length of 0 or -1 means the rest of the text.
inline string StringSubstr(const string& text, int from, int length = 0) {
    if (from < 0 || from >= text.length()) return string();
    if (length <= 0 || length > text.length() - from) length = text.length() - from;
    return string(text.units().substr(static_cast<std::size_t>(from), static_cast<std::size_t>(length)));
}

inline string ShortToString(ushort unit) { return string(std::u16string(1, static_cast<char16_t>(unit))); }

// Copies the units and, when all are asked for, the final zero; the count of what it copied.
inline int StringToShortArray(const string& text, MqlArray<ushort>& array, int start = 0, int count = -1) {
    const int all = text.length() + 1;
    const int copied = count < 0 || count > all ? all : count;
    if (array.size() < start + copied) array.resize(start + copied, 0);
    for (int i = 0; i < copied; i++) array[start + i] = StringGetCharacter(text, i);
    return copied;
}

// Stops at a zero unit, at the end of the array, or after `count` units.
template <class A>
string ShortArrayToString(const A& array, int start = 0, int count = -1) {
    std::u16string units;
    if (start < 0) return string();
    for (int i = start; i < array.size() && (count < 0 || i - start < count) && array[i] != 0; i++)
        units.push_back(static_cast<char16_t>(array[i]));
    return string(std::move(units));
}

inline bool MathIsValidNumber(double value) { return std::isfinite(value); }

// ---- UTF-8 ----------------------------------------------------------------------------------------------------------
// As a terminal converts: what is not UTF-8 becomes U+FFFD, byte by byte, and so does an unpaired surrogate.

constexpr int CP_UTF8 = 65001;

// The code point at `position`, which moves past it.
inline uint mql_take_utf8(const std::string& bytes, std::size_t& position) {
    const auto byte = [&](std::size_t i) { return static_cast<uint>(static_cast<uchar>(bytes[i])); };
    const uint first = byte(position++);
    if (first < 0x80) return first;
    const std::size_t rest = first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    if (rest == 0 || position + rest > bytes.size()) return 0xFFFD;
    uint point = first & (0x3Fu >> rest);
    for (std::size_t i = 0; i < rest; i++) {
        if ((byte(position + i) & 0xC0) != 0x80) return 0xFFFD;
        point = point << 6 | (byte(position + i) & 0x3F);
    }
    const uint least = rest == 1 ? 0x80 : rest == 2 ? 0x800 : 0x10000;
    if (point < least || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return 0xFFFD;
    position += rest;
    return point;
}

inline void mql_put_utf8(std::string& bytes, uint point) {
    const auto put = [&](uint byte) { bytes += static_cast<char>(static_cast<uchar>(byte)); };
    const auto tail = [&](uint shift) { put(0x80 | (point >> shift & 0x3F)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | point >> 6), tail(0);
    } else if (point < 0x10000) {
        put(0xE0 | point >> 12), tail(6), tail(0);
    } else {
        put(0xF0 | point >> 18), tail(12), tail(6), tail(0);
    }
}

inline std::string mql_to_utf8(const std::u16string& units) {
    std::string bytes;
    for (std::size_t i = 0; i < units.size(); i++) {
        uint point = units[i];
        const bool high = point >= 0xD800 && point < 0xDC00;
        if (high && i + 1 < units.size() && units[i + 1] >= 0xDC00 && units[i + 1] < 0xE000)
            point = 0x10000 + (point - 0xD800) * 0x400 + (units[++i] - 0xDC00u);
        else if (point >= 0xD800 && point < 0xE000)
            point = 0xFFFD;
        mql_put_utf8(bytes, point);
    }
    return bytes;
}

inline std::u16string mql_from_utf8(const std::string& bytes) {
    std::u16string units;
    for (std::size_t position = 0; position < bytes.size();) {
        const uint point = mql_take_utf8(bytes, position);
        if (point > 0xFFFF) {
            units.push_back(static_cast<char16_t>(0xD800 + (point - 0x10000) / 0x400));
            units.push_back(static_cast<char16_t>(0xDC00 + (point & 0x3FF)));
        } else {
            units.push_back(static_cast<char16_t>(point));
        }
    }
    return units;
}

// Stops at a zero byte, at the end of the array, or after `count` bytes.
inline string CharArrayToString(const MqlArray<uchar>& array, int start, int count, uint codepage) {
    std::string bytes;
    if (codepage != CP_UTF8) mql_critical("only CP_UTF8");
    for (int i = start; i < array.size() && (count < 0 || i - start < count) && array[i] != 0; i++)
        bytes += static_cast<char>(array[i]);
    return string(mql_from_utf8(bytes));
}

// Copies the bytes and the final zero; the count of what it copied.
inline int StringToCharArray(const string& text, MqlArray<uchar>& array, int start, int count, uint codepage) {
    if (codepage != CP_UTF8 || count != -1) mql_critical("only CP_UTF8 and the whole text");
    const std::string bytes = mql_to_utf8(text.units());
    const int copied = static_cast<int>(bytes.size()) + 1;
    if (array.size() < start + copied) array.resize(start + copied, 0);
    for (int i = 0; i < copied; i++) array[start + i] = static_cast<uchar>(bytes.c_str()[i]);
    return copied;
}

// ---- The terminal ---------------------------------------------------------------------------------------------------

inline void Print(const string& text) { std::printf("%s\n", mql_to_utf8(text.units()).c_str()); }

inline datetime TimeGMT() { return datetime(static_cast<long>(std::time(nullptr))); }

// ---- Files, for the scripts that feed the runtime -------------------------------------------------------------------
// Binary files below the folder that the environment variable MQL4_FILES names, which stands for `MQL4\Files`.

constexpr int INVALID_HANDLE = -1;
constexpr int FILE_READ = 1;
constexpr int FILE_WRITE = 2;
constexpr int FILE_BIN = 4;

inline std::vector<std::FILE*>& mql_files() {
    static std::vector<std::FILE*> files;
    return files;
}

inline std::FILE* mql_file(int handle) {
    if (handle < 0 || static_cast<std::size_t>(handle) >= mql_files().size()) mql_critical("invalid file handle");
    return mql_files()[static_cast<std::size_t>(handle)];
}

inline std::string mql_path(const string& name) {
    const char* root = std::getenv("MQL4_FILES");
    std::string path = std::string(root != nullptr ? root : ".") + "/" + mql_to_utf8(name.units());
    std::replace(path.begin(), path.end(), '\\', '/');
    return path;
}

inline bool FileIsExist(const string& name) {
    std::FILE* file = std::fopen(mql_path(name).c_str(), "rb");
    if (file == nullptr) return false;
    std::fclose(file);
    return true;
}

inline bool FileDelete(const string& name) { return std::remove(mql_path(name).c_str()) == 0; }

inline int FileOpen(const string& name, int flags) {
    if ((flags & FILE_BIN) == 0) mql_critical("only binary files");
    std::FILE* file = std::fopen(mql_path(name).c_str(), (flags & FILE_WRITE) != 0 ? "wb" : "rb");
    if (file == nullptr) return INVALID_HANDLE;
    mql_files().push_back(file);
    return static_cast<int>(mql_files().size()) - 1;
}

inline void FileClose(int handle) { std::fclose(mql_file(handle)); }

inline ulong FileSize(int handle) {
    std::FILE* file = mql_file(handle);
    const long position = std::ftell(file);
    std::fseek(file, 0, SEEK_END);
    const long size = std::ftell(file);
    std::fseek(file, position, SEEK_SET);
    return static_cast<ulong>(size);
}

// Elements read; the array grows to hold them.
inline uint FileReadArray(int handle, MqlArray<uchar>& array, int start, int count) {
    if (array.size() < start + count) array.resize(start + count, 0);
    for (int i = 0; i < count; i++) {
        const int byte = std::getc(mql_file(handle));
        if (byte == EOF) return static_cast<uint>(i);
        array[start + i] = static_cast<uchar>(byte);
    }
    return static_cast<uint>(count);
}

// Elements written.
inline uint FileWriteArray(int handle, const MqlArray<uchar>& array, int start, int count) {
    for (int i = 0; i < count; i++) {
        if (std::putc(array[start + i], mql_file(handle)) == EOF) return static_cast<uint>(i);
    }
    return static_cast<uint>(count);
}

#endif
