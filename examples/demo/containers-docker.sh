# shellcheck shell=bash
# Real containers: two Docker Engines, each started inside one host's network namespace with all its state in the demo's
# own tmpfs. containers-namespaces.sh defines the same functions without a daemon.

describe_containers() {
    echo "containers are real: two Docker Engines, $(dockerd --version)"
}

example_environment() { # HOST
    printf 'DOCKER_HOST=unix://%s/%s/docker.sock\nDOCKER_CONFIG=%s/%s/cli\n' "$work" "$1" "$work" "$1"
}

container_prompt() { # HOST
    printf 'on host %s: docker exec ngx1' "$1"
}

bridge_arguments() {
    echo --network mylan
}

bridge_name() { # HOST
    printf 'br-%.12s\n' "$(docker_on "$1" network inspect --format '{{.Id}}' mylan)"
}

container_network() { # HOST
    echo "ngx1@$1"
}

docker_on() { # HOST ARGUMENT...
    local host=$1
    shift
    DOCKER_CONFIG="$work/$host/cli" docker --host "unix://$work/$host/docker.sock" "$@"
}

in_container() { # HOST COMMAND...
    local host=$1
    shift
    docker_on "$host" exec ngx1 "$@"
}

start_containers() {
    step "two Docker Engines, one in each host; image nginx from this machine's own nginx, busybox and curl"
    make_image || { failed "the image nginx is made"; return 1; }
    hide_docker_configuration && start_engine A && start_engine B && engine_is_ready A && engine_is_ready B &&
        run_container A && run_container B
}

# The engine writes /etc/docker/key.json and reads /etc/docker/daemon.json; both are the machine's, not the demo's.
hide_docker_configuration() {
    mkdir -p "$work/etc/upper" "$work/etc/work" &&
        mount -t overlay demo-etc -o "lowerdir=/etc,upperdir=$work/etc/upper,workdir=$work/etc/work" /etc
}

start_engine() { # HOST
    local state="$work/$1"
    mkdir -p "$state/cli" || return
    on "$1" dockerd --host "unix://$state/docker.sock" --data-root "$state/data" --exec-root "$state/exec" \
        --pidfile "$state/docker.pid" --storage-driver overlay2 --cgroup-parent "/$VTEP_DEMO_CGROUP" \
        --exec-opt native.cgroupdriver=cgroupfs >"$state/dockerd.log" 2>&1 &
    engine[$1]=$!
}

engine_is_ready() { # HOST
    wait_until 60 answers_or_ended "$1"
    if docker_on "$1" version >/dev/null 2>&1; then
        ok "engine of host $1: $(docker_on "$1" info --format '{{.ServerVersion}}, storage {{.Driver}}')"
    else
        failed "the engine of host $1 answers within 60 s" "$(tail -n 15 "$work/$1/dockerd.log")"
    fi
}

answers_or_ended() { # HOST
    docker_on "$1" version || ! kill -0 "${engine[$1]}"
}

run_container() { # HOST
    local said pid
    step "on host $1: docker network create --driver=bridge --subnet=10.17.0.0/24 mylan;" \
        "docker run -d --name ngx1 --network=mylan --ip ${container[$1]} nginx"
    said=$({
        docker_on "$1" import --change 'CMD ["nginx", "-g", "daemon off;"]' "$work/nginx.tar" nginx &&
            docker_on "$1" network create --driver=bridge --subnet=10.17.0.0/24 \
                --opt com.docker.network.driver.mtu="$container_mtu" mylan &&
            docker_on "$1" run -d --name ngx1 --network=mylan --ip "${container[$1]}" nginx &&
            docker_on "$1" exec ngx1 sh -c "echo ${page[$1]} >/usr/share/nginx/html/index.html"
    } 2>&1) || { failed "host $1 runs nginx as ngx1" "$said"; return 1; }
    pid=$(docker_on "$1" inspect --format '{{.State.Pid}}' ngx1) && holder["ngx1@$1"]=$pid
    wait_until 20 in_container "$1" curl -sf "http://${container[$1]}/" ||
        { failed "ngx1 of host $1 serves its page" "$(docker_on "$1" logs ngx1 2>&1)"; return 1; }
    ok "ngx1 of host $1 serves ${page[$1]}"
}

# No registry is asked: the image is this machine's nginx and curl with the libraries they need, and busybox as shell.
make_image() {
    local image="$work/image" program library
    mkdir -p "$image"/{bin,usr/bin,usr/sbin,usr/share/nginx/html,etc/nginx,var/log/nginx,var/lib/nginx,run,tmp} || return
    cp "$(type -P busybox)" "$image/bin/busybox" && ln -s busybox "$image/bin/sh" || return
    for program in nginx curl; do
        cp "$(type -P "$program")" "$image/usr/bin/" || return
        ldd "$(type -P "$program")" | grep -o '/[^ ]*' | while read -r library; do
            mkdir -p "$image$(dirname "$library")" && cp -nL "$library" "$image$library" || return
        done || return
    done
    echo 'root:x:0:0:root:/:/bin/sh' >"$image/etc/passwd"
    echo 'root:x:0:' >"$image/etc/group"
    nginx_configuration >"$image/etc/nginx/nginx.conf"
    tar -C "$image" -cf "$work/nginx.tar" . && rm -r "$image"
}

nginx_configuration() {
    cat <<'CONFIGURATION'
user root;
worker_processes 1;
error_log stderr;
pid /run/nginx.pid;
events {}
http {
    access_log off;
    server {
        listen 80;
        root /usr/share/nginx/html;
    }
}
CONFIGURATION
}
