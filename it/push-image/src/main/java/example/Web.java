package example;

/** The team's application. */
public final class Web {

    private Web() {}

    public static void main(String[] args) {
        System.out.println("It runs in OpenShift.");
    }
}
