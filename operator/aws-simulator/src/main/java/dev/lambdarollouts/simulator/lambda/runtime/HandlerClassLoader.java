package dev.lambdarollouts.simulator.lambda.runtime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of one execution environment. It sees the JDK, the classes of the package and of
 * the jars in its {@code lib} folder, and Lambda's own interfaces, which AWS' runtimes bring too;
 * it sees nothing of this process. Calls of {@code System.getenv} and uses of {@code System.out}
 * and {@code System.err}, as method references too, go to this environment's {@link
 * ExecutionEnvironment}. Not redirected: reflection, and the JDK's own reading of variables (such
 * as a child process' environment).
 */
final class HandlerClassLoader extends ClassLoader {
  private static final String BRIDGE = ExecutionEnvironment.class.getName();
  private static final ClassDesc BRIDGE_DESC = ClassDesc.of(BRIDGE);
  private static final ClassDesc SYSTEM = ClassDesc.of("java.lang.System");
  private static final String LAMBDA_INTERFACES = "com.amazonaws.services.lambda.runtime.";

  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> files = new HashMap<>();

  HandlerClassLoader(byte[] zip) throws IOException {
    super("lambda", ClassLoader.getPlatformClassLoader());
    read(zip, "");
    for (String name :
        files.keySet().stream().filter(HandlerClassLoader::isLibrary).sorted().toList()) {
      byte[] jar = files.get(name);
      if (jar != null) {
        read(jar, "");
      }
    }
  }

  /** This environment's own copy of the class to which the code's calls are redirected. */
  Class<?> bridge() throws ClassNotFoundException {
    return loadClass(BRIDGE);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.equals(BRIDGE)) {
      byte[] own = resource(ExecutionEnvironment.class.getClassLoader(), path(name));
      return defineClass(name, own, 0, own.length);
    }
    byte[] bytes = files.get(path(name));
    if (bytes != null) {
      byte[] redirected = redirected(bytes);
      return defineClass(name, redirected, 0, redirected.length);
    }
    if (name.startsWith(LAMBDA_INTERFACES)) {
      return Class.forName(name, false, HandlerClassLoader.class.getClassLoader());
    }
    throw new ClassNotFoundException(name);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      return null;
    }
    try {
      return URL.of(URI.create("lambda:/" + name.replace(" ", "%20")), new InMemory(bytes));
    } catch (MalformedURLException e) {
      throw new IllegalStateException("The URL is made here: " + name, e);
    }
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] bytes = files.get(name);
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }

  private byte[] redirected(byte[] bytes) {
    ClassFile classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(this)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    return classFile.transformClass(
        classFile.parse(bytes),
        ClassTransform.transformingMethodBodies(HandlerClassLoader::redirect));
  }

  private static void redirect(CodeBuilder code, CodeElement element) {
    switch (element) {
      case InvokeInstruction call
          when call.opcode() == Opcode.INVOKESTATIC
              && call.owner().asSymbol().equals(SYSTEM)
              && call.name().equalsString("getenv") ->
          code.invokestatic(BRIDGE_DESC, "getenv", call.typeSymbol());
      case FieldInstruction field
          when field.opcode() == Opcode.GETSTATIC
              && field.owner().asSymbol().equals(SYSTEM)
              && (field.name().equalsString("out") || field.name().equalsString("err")) ->
          code.getstatic(BRIDGE_DESC, field.name().stringValue(), field.typeSymbol());
      case InvokeDynamicInstruction dynamic -> code.invokedynamic(redirected(dynamic));
      default -> code.with(element);
    }
  }

  private static DynamicCallSiteDesc redirected(InvokeDynamicInstruction dynamic) {
    ConstantDesc[] arguments =
        dynamic.bootstrapArgs().stream()
            .map(HandlerClassLoader::redirected)
            .toArray(ConstantDesc[]::new);
    return DynamicCallSiteDesc.of(
        dynamic.bootstrapMethod(), dynamic.name().stringValue(), dynamic.typeSymbol(), arguments);
  }

  private static ConstantDesc redirected(ConstantDesc argument) {
    return argument instanceof DirectMethodHandleDesc method
            && method.owner().equals(SYSTEM)
            && method.methodName().equals("getenv")
        ? MethodHandleDesc.of(
            DirectMethodHandleDesc.Kind.STATIC, BRIDGE_DESC, "getenv", method.lookupDescriptor())
        : argument;
  }

  private void read(byte[] zip, String prefix) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory()) {
          files.putIfAbsent(prefix + entry.getName(), in.readAllBytes());
        }
      }
    }
  }

  private static boolean isLibrary(String name) {
    return name.startsWith("lib/") && name.endsWith(".jar");
  }

  private static byte[] resource(ClassLoader loader, String path) throws ClassNotFoundException {
    try (InputStream in = loader.getResourceAsStream(path)) {
      if (in == null) {
        throw new ClassNotFoundException(path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(path, e);
    }
  }

  private static String path(String className) {
    return className.replace('.', '/') + ".class";
  }

  /** Serves one file of the package. */
  private static final class InMemory extends URLStreamHandler {
    private final byte[] bytes;

    InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
