package vtep_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"
)

// What this package leaves out of the header on purpose. Everything else has to be there: a constant, a function or a
// struct's field that is added to vtep.h fails TestHeaderAndBindingAgree until somebody wrote Go for it. That what the
// package uses exists, and has the type it is used with, is what the C compiler checks.
var leftOut = map[string]string{
	"vtep_mac_format":       "net.HardwareAddr.String",
	"vtep_ip_format":        "netip.Addr.String",
	"vtep_prefix_format":    "netip.Prefix.String",
	"vtep_prefix_network":   "netip.Prefix.Masked",
	"vtep_prefix_netmask":   "net.CIDRMask",
	"VTEP_MAC_TEXT_SIZE":    "for vtep_mac_format",
	"VTEP_IP_TEXT_SIZE":     "for vtep_ip_format",
	"VTEP_PREFIX_TEXT_SIZE": "for vtep_prefix_format",
	"vtep_link_list_get":    "vtep_link_list_copy, as of every list",
	"vtep_remote_list_get":  "", "vtep_address_list_get": "", "vtep_route_list_get": "", "vtep_neighbour_list_get": "",
	"vtep_fdb_list_get":     "",
	"vtep_nexthop_list_get": "", "vtep_nexthop_bucket_list_get": "", "vtep_rule_list_get": "",
	"vtep_vni_list_get": "", "vtep_vlan_list_get": "", "vtep_vlan_tunnel_list_get": "",
	"vtep_monitor_link":     "vtep_monitor_link_list, which has its details, too",
	"vtep_monitor_dispatch": "Monitor.Next: a callback in Go would run below C",
}

// header is what vtep.h declares, as the C preprocessor leaves it.
type header struct {
	functions, constants []string
	fields               map[string][]string // by struct
}

func readHeader(t *testing.T) header {
	flags := get[[]byte](t)(exec.Command("pkg-config", "--variable=includedir", "vtep").Output())
	file := filepath.Join(strings.TrimSpace(string(flags)), "vtep.h")
	text := string(get[[]byte](t)(exec.Command("gcc", "-E", "-P", "-DVTEP_API=", file).Output()))
	parsed := header{fields: map[string][]string{}}
	for _, match := range regexp.MustCompile(`(?s)enum \{(.*?)\}`).FindAllStringSubmatch(text, -1) {
		for _, name := range regexp.MustCompile(`\bVTEP_\w+`).FindAllString(match[1], -1) {
			parsed.constants = append(parsed.constants, name)
		}
	}
	for _, match := range regexp.MustCompile(`(?s)typedef struct (vtep_\w+) \{(.*?)\}`).FindAllStringSubmatch(text, -1) {
		for _, field := range regexp.MustCompile(`(\w+)(\[\w+\])?;`).FindAllStringSubmatch(match[2], -1) {
			parsed.fields[match[1]] = append(parsed.fields[match[1]], field[1])
		}
	}
	for _, match := range regexp.MustCompile(`(vtep_\w+)\([^)]*\);`).FindAllStringSubmatch(text, -1) {
		parsed.functions = append(parsed.functions, match[1])
	}
	return parsed
}

// binding is what the package uses: names after "C.", and for each C struct the fields that functions which deal with it
// name.
type binding struct {
	names  map[string]bool
	fields map[string]map[string]bool
}

func readBinding(t *testing.T) binding {
	found := binding{names: map[string]bool{}, fields: map[string]map[string]bool{}}
	for _, file := range get[[]string](t)(filepath.Glob("*.go")) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree := get[*ast.File](t)(parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments))
		for _, declaration := range tree.Decls {
			found.add(declaration)
		}
		for _, name := range regexp.MustCompile(`\bvtep_\w+`).FindAllString(preamble(tree), -1) {
			found.names[name] = true
		}
	}
	return found
}

// preamble is the C in front of import "C".
func preamble(tree *ast.File) string {
	for _, declaration := range tree.Decls {
		imports, isImport := declaration.(*ast.GenDecl)
		if isImport && len(imports.Specs) == 1 {
			if spec, isSpec := imports.Specs[0].(*ast.ImportSpec); isSpec && spec.Path.Value == `"C"` {
				return imports.Doc.Text()
			}
		}
	}
	return ""
}

func (found binding) add(declaration ast.Decl) {
	structs, fields := map[string]bool{}, map[string]bool{}
	ast.Inspect(declaration, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.SelectorExpr:
			if owner, isName := node.X.(*ast.Ident); isName && owner.Name == "C" {
				found.names[node.Sel.Name] = true
				structs[node.Sel.Name] = true
			} else {
				fields[node.Sel.Name] = true
			}
		case *ast.KeyValueExpr:
			if key, isName := node.Key.(*ast.Ident); isName {
				fields[key.Name] = true
			}
		}
		return true
	})
	for name := range structs {
		if found.fields[name] == nil {
			found.fields[name] = map[string]bool{}
		}
		for field := range fields {
			found.fields[name][strings.TrimPrefix(field, "_")] = true // cgo's way with Go's keywords: _type
		}
	}
}

// missing lists what the header has and the binding lacks.
func missing(declared header, used binding) []string {
	var lacking []string
	for _, name := range append(declared.functions, declared.constants...) {
		if _, isLeftOut := leftOut[name]; !used.names[name] && !isLeftOut && name != "VTEP_OK" {
			lacking = append(lacking, name)
		}
	}
	for name, fields := range declared.fields {
		for _, field := range fields {
			if !strings.HasPrefix(field, "reserved") && field != "has" && !used.fields[name][field] {
				lacking = append(lacking, name+"."+field)
			}
		}
	}
	sort.Strings(lacking)
	return lacking
}

func TestHeaderAndBindingAgree(t *testing.T) {
	declared, used := readHeader(t), readBinding(t)
	for _, name := range missing(declared, used) {
		t.Errorf("vtep.h has %s, package vtep has not", name)
	}
	all := map[string]bool{}
	for _, name := range append(declared.functions, declared.constants...) {
		all[name] = true
	}
	for name := range leftOut {
		if !all[name] || used.names[name] {
			t.Errorf("%s is listed as left out: declared %v, used %v", name, all[name], used.names[name])
		}
	}
	if len(declared.functions) < 80 || len(declared.constants) < 100 || len(declared.fields) < 15 {
		t.Errorf("only %d functions, %d constants, %d structs were found in vtep.h", len(declared.functions),
			len(declared.constants), len(declared.fields))
	}
}

// The comparison finds what it is there for.
func TestDriftIsFound(t *testing.T) {
	declared, used := readHeader(t), readBinding(t)
	declared.functions = append(declared.functions, "vtep_new_function")
	declared.constants = append(declared.constants, "VTEP_NEW_CONSTANT")
	declared.fields["vtep_route"] = append(declared.fields["vtep_route"], "new_field", "reserved9")
	found := strings.Join(missing(declared, used), " ")
	holds(t, found, "VTEP_NEW_CONSTANT", "vtep_new_function", "vtep_route.new_field")
	if strings.Contains(found, "reserved9") {
		t.Error("a reserved field is no drift")
	}
}
